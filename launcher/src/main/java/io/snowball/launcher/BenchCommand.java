package io.snowball.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.snowball.launcher.bench.Bench;
import io.snowball.launcher.bench.Measurement;
import io.snowball.launcher.installation.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Measures against a reference of the same run. */
final class BenchCommand implements Command {
    private static final List<String> WHAT = List.of("import", "ingest", "profile", "dispatch", "decision");

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public int run(List<String> arguments, Console console) {
        String what = arguments.isEmpty() ? "" : arguments.getFirst();
        if (!WHAT.contains(what)) {
            throw new UsageProblem("bench measures " + String.join(", ", WHAT));
        }
        Options options = Options.parse(
                arguments.subList(1, arguments.size()),
                Set.of("customers", "orders", "seconds", "heap", "home"),
                Set.of("json"));
        Path home = Path.of(options.get("home", ""));
        String heap = options.get("heap", Settings.standard().heap());
        Path below = home.resolve(".snowball/bench");
        Console people = options.has("json") ? console.withoutStandardOutput() : console;
        int customers = options.number("customers", usual(what), 1, 100_000_000);
        int seconds = options.number("seconds", what.equals("ingest") ? 60 : 20, 1, 86_400);
        Measurement measured = switch (what) {
            case "dispatch" -> Bench.dispatch(home, below, customers, people);
            case "ingest" -> Bench.ingest(home, below, seconds, heap, people);
            case "profile" -> Bench.profiles(home, below, customers, seconds, people);
            case "decision" -> Bench.decisions(home, below, customers, people);
            default -> Bench.imports(home, below, customers, orders(options, customers), heap, people);
        };
        people.line("  ours %s %s, %s: %s, ratio %s"
                .formatted(
                        measured.ours(), measured.unit(), measured.reference(), measured.theirs(), measured.ratio()));
        measured.more().forEach((figure, value) -> people.line("  %s %s".formatted(figure, value)));
        if (options.has("json")) {
            console.line(json(measured));
        }
        return 0;
    }

    private static int usual(String what) {
        return switch (what) {
            case "dispatch" -> 100_000;
            case "decision" -> 1_000_000;
            default -> 30_000;
        };
    }

    private static int orders(Options options, int customers) {
        return options.number("orders", 10 * customers, customers, Integer.MAX_VALUE);
    }

    private static String json(Measurement measured) {
        try {
            return new ObjectMapper().writeValueAsString(measured);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
