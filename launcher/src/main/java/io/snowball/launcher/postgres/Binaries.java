package io.snowball.launcher.postgres;

import io.snowball.launcher.machine.Folders;
import io.snowball.launcher.machine.Trouble;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the server once per installation (about 60 MB). */
final class Binaries {
    private Binaries() {}

    /** The folder with bin/postgres in it. */
    static Path unpackInto(Path parent) {
        Path home = parent.resolve("server-" + Postgres.VERSION);
        if (Files.isDirectory(home)) {
            return home;
        }
        Path unfinished = parent.resolve("server.unfinished");
        try (InputStream packed = open()) {
            Folders.deleteTree(unfinished);
            Files.createDirectories(unfinished);
            unpack(packed, unfinished);
            return Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw Trouble.of(e);
        }
    }

    private static InputStream open() {
        for (String name : candidates()) {
            InputStream found = Binaries.class.getResourceAsStream("/" + name);
            if (found != null) {
                return found;
            }
        }
        throw new Trouble(
                "There is no PostgreSQL for %s on %s among the launcher's libraries (looked for %s). Run Snowball on Linux or macOS, x86-64 or arm64."
                        .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), candidates()));
    }

    private static List<String> candidates() {
        String arch = System.getProperty("os.arch");
        boolean arm = arch.equals("aarch64") || arch.equals("arm64");
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac")) {
            // The second runs on Apple's chips too, through Rosetta.
            return arm
                    ? List.of("postgres-darwin-arm_64.txz", "postgres-darwin-x86_64.txz")
                    : List.of("postgres-darwin-x86_64.txz");
        }
        String name = arm ? "postgres-linux-arm_64" : "postgres-linux-x86_64";
        return List.of(Files.exists(Path.of("/etc/alpine-release")) ? name + "-alpine_linux.txz" : name + ".txz");
    }

    private static void unpack(InputStream packed, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("entry outside of the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.resolveSibling("."));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, file);
                    boolean executable = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }
}
