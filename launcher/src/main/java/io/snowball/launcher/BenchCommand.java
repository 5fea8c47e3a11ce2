package io.snowball.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.snowball.launcher.bench.Bench;
import io.snowball.launcher.bench.Measurement;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Measures against a reference of the same run. */
final class BenchCommand implements Command {
    @Override
    public String name() {
        return "bench";
    }

    @Override
    public int run(List<String> arguments, Console console) {
        if (arguments.isEmpty() || !arguments.getFirst().equals("import")) {
            throw new UsageProblem("bench measures import, so far");
        }
        Options options = Options.parse(
                arguments.subList(1, arguments.size()), Set.of("customers", "orders", "home"), Set.of("json"));
        int customers = options.number("customers", 30_000, 1, 100_000_000);
        int orders = options.number("orders", 300_000, customers, Integer.MAX_VALUE);
        Path home = Path.of(options.get("home", ""));
        Console people = options.has("json") ? console.withoutStandardOutput() : console;
        Measurement measured = Bench.imports(home, home.resolve(".snowball/bench"), customers, orders, people);
        people.line("  ours %s %s, %s: %s, ratio %s"
                .formatted(
                        measured.ours(), measured.unit(), measured.reference(), measured.theirs(), measured.ratio()));
        if (options.has("json")) {
            console.line(json(measured));
        }
        return 0;
    }

    private static String json(Measurement measured) {
        try {
            return new ObjectMapper().writeValueAsString(measured);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
