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
    public static Measurement imports(Path home, Path below, int customers, int orders, Progress progress) {
        try {
            Files.createDirectories(below);
            Path folder = Files.createTempDirectory(below, "import");
            List<Service> services = Service.all(home).stream()
                    .filter(service ->
                            service.name().equals("customer") || service.name().equals("gateway"))
                    .toList();
            try (RunningSystem system = Installation.at(folder.resolve("system"), services)
                    .start(Settings.standard().withPorts(Ports.free()), progress)) {
                return new ImportBench(system, folder).run(customers, orders);
            }
        } catch (IOException failure) {
            throw Trouble.of(failure);
        } catch (SQLException failure) {
            throw new Trouble("The database refused the reference: " + failure.getSQLState(), failure);
        }
    }
}
