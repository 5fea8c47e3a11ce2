package io.snowball.launcher;

import java.util.List;
import java.util.Set;

/** Stops what runs, whoever started it and however it was left. */
final class DownCommand implements Command {
    @Override
    public String name() {
        return "down";
    }

    @Override
    public int run(List<String> arguments, Console console) {
        Options options = Options.parse(arguments, Set.of("dir", "home"), Set.of());
        boolean stopped = options.installation().stop();
        console.line(stopped ? "Stopped. The data stay; ./snowball up goes on with them." : "Nothing was running.");
        return 0;
    }
}
