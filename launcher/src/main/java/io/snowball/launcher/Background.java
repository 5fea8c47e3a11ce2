package io.snowball.launcher;

import io.snowball.launcher.installation.Installation;
import io.snowball.launcher.installation.JavaCommand;
import io.snowball.launcher.machine.ChildProcess;
import io.snowball.launcher.machine.Folders;
import io.snowball.launcher.machine.LogFile;
import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts a launcher of its own session, shows what it says until the system is ready, and leaves it running. */
final class Background {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Installation installation;

    Background(Installation installation) {
        this.installation = installation;
    }

    /** @param arguments the options of {@code up}, without --detach */
    int start(List<String> arguments, Console console) {
        if (installation.isRunning()) {
            throw new Trouble("Snowball is running in " + installation.folder() + " already"
                    + installation.endpoints().map(e -> ": " + e.publicUrl()).orElse("")
                    + ". Stop it with ./snowball down, or start another with --dir and --port-base.");
        }
        Folders.writable(installation.folder());
        LogFile log = new LogFile(Folders.writable(installation.logs()).resolve("launcher.log"));
        log.rotate();
        List<String> command = new ArrayList<>(JavaCommand.launcher());
        command.addAll(List.of(Main.class.getName(), "serve"));
        command.addAll(arguments);
        ChildProcess launcher = ChildProcess.start(new ChildProcess.Plan(
                command,
                Map.of(),
                Path.of("").toAbsolutePath(),
                log.path(),
                Folders.writable(installation.folder().resolve("run")).resolve("launcher.pid")));
        return follow(launcher, log.path(), console);
    }

    private int follow(ChildProcess launcher, Path log, Console console) {
        int shown = 0;
        while (true) {
            boolean alive = launcher.isAlive();
            boolean ready = alive && installation.endpoints().isPresent();
            shown = show(log, shown, console);
            if (ready) {
                return 0;
            }
            if (!alive) {
                return launcher.exitCode() == 0 ? 1 : launcher.exitCode();
            }
            ChildProcess.awaitExit(launcher.handle(), LOOK_AGAIN);
        }
    }

    /** Whole lines only; the rest is shown when it is complete. */
    private static int show(Path log, int from, Console console) {
        try {
            String all = Files.readString(log, StandardCharsets.UTF_8);
            int end = all.lastIndexOf('\n') + 1;
            if (end > from) {
                all.substring(from, end).lines().forEach(console::line);
                return end;
            }
            return from;
        } catch (IOException e) {
            throw Trouble.of(e);
        }
    }
}
