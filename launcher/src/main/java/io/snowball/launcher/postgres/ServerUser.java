package io.snowball.launcher.postgres;

import io.snowball.launcher.machine.OwnSession;
import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PostgreSQL refuses to run as root. Where we are root it runs in a user namespace, in which root's own files belong to it; where a
 * container forbids that, as the user nobody, who is then given the folder.
 */
record ServerUser(List<String> prefix, Optional<Integer> uid) {
    private static final int NOBODY = 65534;

    static ServerUser find() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new ServerUser(List.of(), Optional.empty());
        }
        Optional<Path> unshare = OwnSession.onPath("unshare");
        if (unshare.isPresent() && succeeds(List.of(unshare.get().toString(), "-U", "true"))) {
            return new ServerUser(List.of(unshare.get().toString(), "-U"), Optional.of(0));
        }
        return OwnSession.onPath("setpriv")
                .map(setpriv -> List.of(setpriv.toString(), "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"))
                .filter(prefix -> succeeds(
                        Stream.concat(prefix.stream(), Stream.of("true")).toList()))
                .map(prefix -> new ServerUser(prefix, Optional.of(NOBODY)))
                .orElseThrow(() -> new Trouble(
                        "PostgreSQL does not run as root, and neither unshare nor setpriv (package util-linux)"
                                + " works here. Start ./snowball as an ordinary user."));
    }

    /** An earlier run may have had the other way: what it wrote has to belong to today's user. */
    void own(Path folder) {
        if (uid.isEmpty()) {
            return;
        }
        try {
            if (owner(folder) == uid.get()) {
                return;
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.setAttribute(file, "unix:uid", uid.get(), LinkOption.NOFOLLOW_LINKS);
                }
            }
        } catch (IOException e) {
            throw Trouble.of(e);
        }
    }

    private static int owner(Path folder) throws IOException {
        return (Integer) Files.getAttribute(folder, "unix:uid");
    }

    private static boolean succeeds(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
