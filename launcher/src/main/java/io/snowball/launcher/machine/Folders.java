package io.snowball.launcher.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** Folders and the room on their disk. */
public final class Folders {
    private Folders() {}

    /** The folder exists afterwards, and we may write into it. */
    public static Path writable(Path folder) {
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new Trouble(
                        folder + " is a file, a folder is needed there. Move it away, or choose another folder.");
            }
            Files.createDirectories(folder);
            // Asking the file system beats reading permission bits: root, ACLs and read-only mounts all answer truly.
            Files.delete(Files.createTempFile(folder, ".probe", null));
            return folder;
        } catch (IOException e) {
            throw Trouble.of(e);
        }
    }

    public static Path ownerOnly(Path folder) {
        writable(folder);
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return folder;
        } catch (IOException e) {
            throw Trouble.of(e);
        }
    }

    /** For a secret: nobody else may read it, from its first moment on. */
    public static void writeSecret(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        try (var out = Files.newByteChannel(
                file,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            out.write(StandardCharsets.UTF_8.encode(text));
        }
    }

    public static void requireSpace(Path folder, long bytes) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < bytes) {
                throw new Trouble(
                        "Only %d MB are free on the disk of %s, %d MB are needed. Free some space, or choose another disk with --dir."
                                .formatted(free >> 20, folder, bytes >> 20));
            }
        } catch (IOException e) {
            throw Trouble.of(e);
        }
    }

    /** Where another run was killed half-way, its unfinished folder is in the way. */
    public static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
