package io.snowball.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.snowball.launcher.demo.Demo;
import io.snowball.launcher.demo.DemoReport;
import io.snowball.launcher.installation.Endpoints;
import io.snowball.launcher.installation.Installation;
import io.snowball.launcher.machine.Trouble;
import java.util.List;
import java.util.Set;

/** Starts the system where it does not run, does the main job, and leaves the system up. */
final class DemoCommand implements Command {
    @Override
    public String name() {
        return "demo";
    }

    @Override
    public int run(List<String> arguments, Console console) {
        Options options = Options.parse(arguments, Options.RUNNING, Set.of("json"));
        boolean json = options.has("json");
        Console people = json ? console.withoutStandardOutput() : console;
        Installation installation = options.installation();
        if (!installation.isRunning()) {
            List<String> running = arguments.stream()
                    .filter(argument -> !argument.equals("--json"))
                    .toList();
            int code = new Background(installation).start(running, people);
            if (code != 0) {
                return code;
            }
        }
        Endpoints endpoints = installation
                .endpoints()
                .orElseThrow(() -> new Trouble("Snowball is still starting or stopping. Try again in a moment."));
        DemoReport report =
                new Demo(endpoints, installation.credentials(), installation.folder(), people, people::line).run();
        Welcome.print(installation, people, "Stop it with ./snowball down.");
        if (json) {
            console.line(write(report));
        }
        return 0;
    }

    private static String write(DemoReport report) {
        try {
            return new ObjectMapper().writeValueAsString(report);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
