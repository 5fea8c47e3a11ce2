package io.snowball.launcher;

import io.snowball.launcher.installation.Installation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what runs. Exit code 0: all is ready; 1: something is not; 3: nothing runs. */
final class StatusCommand implements Command {
    private static final int NOT_RUNNING = 3;

    @Override
    public String name() {
        return "status";
    }

    @Override
    public int run(List<String> arguments, Console console) {
        Installation installation =
                Options.parse(arguments, Set.of("dir", "home"), Set.of()).installation();
        if (!installation.isRunning()) {
            console.line("Snowball is not running in " + installation.folder() + ". Start it with ./snowball up.");
            return NOT_RUNNING;
        }
        Map<String, Boolean> readiness = installation.readiness();
        if (readiness.isEmpty()) {
            console.line("Snowball is starting or stopping in " + installation.folder() + ".");
            return 1;
        }
        readiness.forEach((name, ready) -> console.line("  %s %-14s %s"
                .formatted(
                        ready ? "✓" : "✗",
                        name,
                        ready
                                ? "ready"
                                : "not ready, see " + installation.logs().resolve(name + ".log"))));
        Welcome.print(installation, console, "Stop it with ./snowball down.");
        return readiness.containsValue(false) ? 1 : 0;
    }
}
