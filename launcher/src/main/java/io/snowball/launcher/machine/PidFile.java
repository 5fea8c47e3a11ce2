package io.snowball.launcher.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds a process again after the one that started it is gone. The start time is kept beside the pid, because pids are used again:
 * without it we might stop a stranger's process.
 */
public record PidFile(Path path) {
    // The start time is computed from the time of boot, which moves a little when the clock is set.
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

    public void write(ProcessHandle process) {
        long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        try {
            // Who starts a launcher in the background and the launcher itself write it at the same moment.
            Path unfinished = path.resolveSibling(
                    path.getFileName() + "." + ProcessHandle.current().pid() + ".new");
            Files.writeString(unfinished, process.pid() + " " + start + "\n", StandardCharsets.US_ASCII);
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Trouble.of(e);
        }
    }

    /** The process if it still runs and is the one that was written down. */
    public Optional<ProcessHandle> process() {
        try {
            String[] parts =
                    Files.readString(path, StandardCharsets.US_ASCII).trim().split(" ", -1);
            Instant start = Instant.ofEpochMilli(Long.parseLong(parts[1]));
            return ProcessHandle.of(Long.parseLong(parts[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(found -> found.info()
                            .startInstant()
                            .map(actual -> Duration.between(actual, start).abs().compareTo(CLOCK_TOLERANCE) <= 0)
                            .orElse(true));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException missingOrCutOff) {
            return Optional.empty();
        }
    }

    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw Trouble.of(e);
        }
    }
}
