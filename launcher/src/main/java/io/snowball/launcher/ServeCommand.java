package io.snowball.launcher;

import java.util.List;
import java.util.Set;

/** What {@code up --detach} runs in the background. It prints no password: its output is kept in a log. */
final class ServeCommand implements Command {
    @Override
    public String name() {
        return "serve";
    }

    @Override
    public int run(List<String> arguments, Console console) {
        Options options = Options.parse(arguments, Options.RUNNING, Set.of());
        UpCommand.serve(options.installation(), options, console, () -> {});
        return 0;
    }
}
