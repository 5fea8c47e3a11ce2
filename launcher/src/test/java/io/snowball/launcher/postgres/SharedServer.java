package io.snowball.launcher.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Unpacks the server once for all tests and links its files into each one's folder: unpacking is most of what a start costs. */
public final class SharedServer {
    private static final Path UNPACKED = unpack();

    private SharedServer() {}

    public static void linkInto(Path postgresFolder) throws IOException {
        Path target = postgresFolder.resolve(UNPACKED.getFileName());
        try (Stream<Path> files = Files.walk(UNPACKED)) {
            for (Path from : (Iterable<Path>) files::iterator) {
                Path to = target.resolve(UNPACKED.relativize(from));
                if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(to);
                } else {
                    link(from, to);
                }
            }
        }
    }

    private static void link(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException anotherDisk) {
            Files.copy(from, to, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static Path unpack() {
        try {
            return Binaries.unpackInto(
                    Files.createDirectories(Path.of("target", "postgres").toAbsolutePath()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
