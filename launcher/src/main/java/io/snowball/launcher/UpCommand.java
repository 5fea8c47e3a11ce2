package io.snowball.launcher;

import io.snowball.launcher.installation.Installation;
import io.snowball.launcher.installation.RunningSystem;
import io.snowball.launcher.machine.Trouble;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Starts everything: in the foreground until Ctrl-C, or in the background. */
final class UpCommand implements Command {
    @Override
    public String name() {
        return "up";
    }

    @Override
    public int run(List<String> arguments, Console console) {
        Options options = Options.parse(arguments, Options.RUNNING, Set.of("detach"));
        Installation installation = options.installation();
        if (options.has("detach")) {
            List<String> rest =
                    arguments.stream().filter(a -> !a.equals("--detach")).toList();
            int code = new Background(installation).start(rest, console);
            if (code == 0) {
                Welcome.print(installation, console, "Stop it with ./snowball down.");
            }
            return code;
        }
        serve(installation, options, console, () -> Welcome.print(installation, console, "Ctrl-C stops everything."));
        return 0;
    }

    /** Runs the system until this process is told to end. */
    static void serve(Installation installation, Options options, Console console, Runnable whenReady) {
        RunningSystem system = installation.prepare(options.settings(), console);
        // Ctrl-C and down arrive as signals; the JVM then runs this and ends.
        Thread atEnd = Thread.ofPlatform().unstarted(() -> stop(system, console));
        Runtime.getRuntime().addShutdownHook(atEnd);
        try {
            system.start();
        } catch (Trouble trouble) {
            // It has stopped itself already; there is nothing to announce at the end.
            forget(atEnd);
            throw trouble;
        }
        whenReady.run();
        awaitEnd();
    }

    private static void forget(Thread atEnd) {
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException alreadyEnding) {
            // Ctrl-C came at the same moment; the hook finds nothing left to stop.
        }
    }

    private static void stop(RunningSystem system, Console console) {
        console.line("  Stopping …");
        system.close();
        console.line("  Stopped.");
    }

    private static void awaitEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
