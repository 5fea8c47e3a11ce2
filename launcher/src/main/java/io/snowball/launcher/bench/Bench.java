package io.snowball.launcher.bench;

import io.snowball.launcher.installation.Installation;
import io.snowball.launcher.installation.Ports;
import io.snowball.launcher.installation.Progress;
import io.snowball.launcher.installation.RunningSystem;
import io.snowball.launcher.installation.Service;
import io.snowball.launcher.installation.Settings;
import io.snowball.launcher.machine.Folders;
import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** Runs a measurement on a system of its own, beside whatever runs already, and leaves nothing behind, but where it failed its folder. */
public final class Bench {
    private Bench() {}

    /** @param home the project's folder; {@code below} is where the measured system and its files live */
    public static Measurement imports(
            Path home, Path below, int customers, int orders, String heap, Progress progress) {
        return measured(below, "import", folder -> {
            Settings settings = Settings.standard().withHeap(heap);
            try (RunningSystem system = system(folder, customerAndGateway(home), settings, progress)) {
                return new ImportBench(system, folder, progress).run(customers, orders);
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

    /** As {@link #imports}; what was loaded is kept for the next time. */
    public static Measurement rfm(Path home, Path below, SegmentationSize size, Progress progress) {
        return onSegmentation(
                home, below, size, progress, (system, base, database) -> new RfmBench(system, base).run(database));
    }

    /** As {@link #rfm}. */
    public static Measurement segments(Path home, Path below, SegmentationSize size, int perSecond, Progress progress) {
        return onSegmentation(
                home,
                below,
                size,
                progress,
                (system, base, database) ->
                        new SegmentBench(system, base).run(database, new Visibility(system, perSecond), progress));
    }

    private interface OnSegmentation {
        Measurement run(RunningSystem system, SegmentationBase base, Connection database) throws SQLException;
    }

    private static Measurement onSegmentation(
            Path home, Path below, SegmentationSize size, Progress progress, OnSegmentation run) {
        List<Service> services = Service.all(home).stream()
                .filter(service ->
                        service.name().equals("customer") || service.name().equals("segmentation"))
                .toList();
        SegmentationBase base = new SegmentationBase(size.customers(), size.orders(), size.events());
        Path folder = below.resolve("segmentation-%d-%d-%d".formatted(size.customers(), size.orders(), size.events()));
        try {
            Files.createDirectories(folder);
            try (RunningSystem system = system(folder, services, Settings.standard(), progress);
                    Connection database = DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:" + system.endpoints().databasePort() + "/segmentation",
                            "segmentation",
                            system.credentials().databasePassword("segmentation"))) {
                base.load(database, progress);
                return run.run(system, base, database);
            }
        } catch (IOException failure) {
            throw Trouble.of(failure);
        } catch (SQLException failure) {
            throw new Trouble("The database refused the measurement: " + failure.getMessage(), failure);
        }
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
            Path folder = Files.createTempDirectory(below, name);
            Measurement measured = run.in(folder);
            // Tens of gigabytes; what failed stays, to be looked at.
            Folders.deleteTree(folder);
            return measured;
        } catch (IOException failure) {
            throw Trouble.of(failure);
        } catch (SQLException failure) {
            throw new Trouble("The database refused the measurement: " + failure.getSQLState(), failure);
        }
    }
}
