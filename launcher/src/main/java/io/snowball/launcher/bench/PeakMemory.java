package io.snowball.launcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The most memory that a process ever had resident (VmHWM), on systems that tell. */
final class PeakMemory {
    private static final String PEAK = "VmHWM:";

    private PeakMemory() {}

    static OptionalLong megabytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst();
        } catch (IOException noSuchFolderOnThisSystem) {
            return OptionalLong.empty();
        }
    }
}
