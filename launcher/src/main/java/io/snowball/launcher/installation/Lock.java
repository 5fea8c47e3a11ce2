package io.snowball.launcher.installation;

import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says that a launcher is at work here. The operating system takes it back when the process ends, however it ends. */
final class Lock implements AutoCloseable {
    /** Closing any channel on a file gives up all of this process's locks on it, so one that we hold is never opened again. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private Lock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static Optional<Lock> take(Path file) {
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        Optional<Lock> taken = Optional.empty();
        try {
            taken = open(file);
            return taken;
        } finally {
            if (taken.isEmpty()) {
                HELD.remove(file);
            }
        }
    }

    private static Optional<Lock> open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new Lock(file, channel));
        } catch (IOException e) {
            throw Trouble.of(e);
        }
    }

    static boolean isHeld(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        Optional<Lock> taken = take(file);
        taken.ifPresent(Lock::close);
        return taken.isEmpty();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw Trouble.of(e);
        } finally {
            HELD.remove(file);
        }
    }
}
