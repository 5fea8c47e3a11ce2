package io.snowball.launcher.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Words before a command that put it into a session of its own and then become it, so that its pid is the one we were given. */
public final class OwnSession {
    private static final List<String> PREFIX = find();

    private OwnSession() {}

    public static List<String> prefix() {
        return PREFIX;
    }

    /** The program's place on the PATH. */
    public static Optional<Path> onPath(String program) {
        return Arrays.stream(Optional.ofNullable(System.getenv("PATH"))
                        .orElse("/usr/bin:/bin")
                        .split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static List<String> find() {
        Optional<Path> setsid = onPath("setsid");
        if (setsid.isPresent()) {
            return List.of(setsid.get().toString());
        }
        // macOS has no setsid, but it has Perl. With neither, Ctrl-C reaches the children too: all stop, only not in
        // order.
        return onPath("perl")
                .map(perl -> List.of(perl.toString(), "-e", "use POSIX; POSIX::setsid(); exec @ARGV or die $!", "--"))
                .orElse(List.of());
    }
}
