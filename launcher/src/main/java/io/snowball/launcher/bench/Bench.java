package io.snowball.launcher.bench;

import io.snowball.launcher.installation.Installation;
import io.snowball.launcher.installation.Ports;
import io.snowball.launcher.installation.Progress;
import io.snowball.launcher.installation.RunningSystem;
import io.snowball.launcher.installation.Service;
import io.snowball.launcher.installation.Settings;
import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Runs a measurement on a system of its own, beside whatever runs already, and leaves nothing behind but its folder. */
public final class Bench {
    private Bench() {}

    /** @param home the project's folder; {@code below} is where the measured system and its files live */
    public static Measurement imports(
            Path home, Path below, int customers, int orders, String heap, Progress progress) {
        return measured(below, "import", folder -> {
            Settings settings = Settings.standard().withHeap(heap);
            try (RunningSystem system = system(folder, customerAndGateway(home), settings, progress)) {
                return new ImportBench(system, folder).run(customers, orders);
            }
        });
    }

    /** As {@link #imports}. */
    public static Measurement dispatch(Path home, Path below, int customers, Progress progress) {
        return measured(below, "dispatch", folder -> new DispatchBench(home, folder, progress).run(customers));
    }

    /** As {@link #imports}. */
    public static Measurement decisions(Path home, Path below, int customers, Progress progress) {
        return measured(below, "decision", folder -> {
            List<Service> services = Service.all(home).stream()
                    .filter(service -> service.name().equals("consent"))
                    .toList();
            try (RunningSystem system = system(folder, services, Settings.standard(), progress)) {
                return new DecisionBench(system, folder, home).run(customers);
            }
        });
    }

    /** As {@link #imports}. */
    public static Measurement ingest(Path home, Path below, int seconds, String heap, Progress progress) {
        return measured(below, "ingest", folder -> {
            Settings settings = Settings.standard().withHeap(heap);
            try (RunningSystem system = system(folder, customerAndGateway(home), settings, progress)) {
                return new IngestBench(system, folder, progress).run(seconds);
            }
        });
    }

    /** As {@link #imports}. */
    public static Measurement profiles(Path home, Path below, int customers, int seconds, Progress progress) {
        return measured(below, "profile", folder -> {
            try (RunningSystem system = system(folder, customerAndGateway(home), Settings.standard(), progress)) {
                return new ProfileBench(system, folder, home).run(customers, seconds);
            }
        });
    }

    private static List<Service> customerAndGateway(Path home) {
        return Service.all(home).stream()
                .filter(service ->
                        service.name().equals("customer") || service.name().equals("gateway"))
                .toList();
    }

    /** A system on free ports; stopped by Ctrl-C too. */
    static RunningSystem system(Path folder, List<Service> services, Settings settings, Progress progress) {
        RunningSystem system =
                Installation.at(folder.resolve("system"), services).prepare(settings.withPorts(Ports.free()), progress);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(system::close));
        system.start();
        return system;
    }

    private interface Run {
        Measurement in(Path folder) throws IOException, SQLException;
    }

    private static Measurement measured(Path below, String name, Run run) {
        try {
            Files.createDirectories(below);
            return run.in(Files.createTempDirectory(below, name));
        } catch (IOException failure) {
            throw Trouble.of(failure);
        } catch (SQLException failure) {
            throw new Trouble("The database refused the measurement: " + failure.getSQLState(), failure);
        }
    }
}
