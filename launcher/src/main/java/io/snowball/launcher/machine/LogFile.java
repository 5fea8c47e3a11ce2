package io.snowball.launcher.machine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A log that children append to by themselves, so that a launcher that is stopped or killed never blocks them. A fresh file at each
 * start, the two before it kept, none larger than its bound.
 */
public record LogFile(Path path) {
    private static final long MAX_BYTES = 16L << 20;
    private static final int KEPT = 2;

    public void rotate() {
        try {
            for (int i = KEPT; i >= 1; i--) {
                Path older = i == 1 ? path : numbered(i - 1);
                if (Files.exists(older)) {
                    Files.move(older, numbered(i), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.createFile(path);
        } catch (IOException e) {
            throw Trouble.of(e);
        }
    }

    /** Call now and then. The writers append, so after the cut they go on at the new end; a line in flight may be lost. */
    public void bound() throws IOException {
        if (Files.exists(path) && Files.size(path) > MAX_BYTES) {
            Files.copy(path, numbered(1), StandardCopyOption.REPLACE_EXISTING);
            Files.newByteChannel(path, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        }
    }

    /** The end of the log, for a message about what went wrong. */
    public List<String> lastLines(int count) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long from = Math.max(0, file.length() - 64_000);
            file.seek(from);
            byte[] end = new byte[(int) (file.length() - from)];
            file.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private Path numbered(int i) {
        String name = path.getFileName().toString();
        String stem = name.endsWith(".log") ? name.substring(0, name.length() - 4) : name;
        return path.resolveSibling(stem + "." + i + ".log");
    }
}
