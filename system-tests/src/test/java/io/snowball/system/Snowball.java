package io.snowball.system;

import io.snowball.launcher.api.SnowballApi;
import io.snowball.launcher.installation.Installation;
import io.snowball.launcher.installation.Ports;
import io.snowball.launcher.installation.Progress;
import io.snowball.launcher.installation.RunningSystem;
import io.snowball.launcher.installation.Service;
import io.snowball.launcher.installation.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The one system of this module's tests, in a folder of its own below target/. */
final class Snowball {
    private static @Nullable Snowball running;

    private final Path folder;
    private final RunningSystem system;
    private final SnowballApi api;

    private Snowball(Path folder, RunningSystem system) {
        this.folder = folder;
        this.system = system;
        this.api = new SnowballApi(system.endpoints().gateway());
        api.signIn(system.credentials().adminLogin(), system.credentials().adminPassword());
    }

    static synchronized Snowball running() {
        if (running == null) {
            try {
                Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "snowball");
                RunningSystem system = Installation.at(
                                folder,
                                Service.all(Path.of("..").toAbsolutePath().normalize()))
                        .start(
                                Settings.standard()
                                        .withPorts(Ports.free())
                                        .withHeap("256m")
                                        .withPatience(Duration.ofMinutes(5)),
                                Progress.silent());
                Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(system::close));
                running = new Snowball(folder, system);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return running;
    }

    Path folder() {
        return folder;
    }

    RunningSystem system() {
        return system;
    }

    SnowballApi api() {
        return api;
    }

    /** The admin's own. */
    String token() {
        return api.token();
    }

    /** One number out of a service's database: what no API tells while the service is dead. */
    long count(String service, String query) {
        try (var database = database(service);
                var rows = database.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    Connection database(String service) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + system.endpoints().databasePort() + "/" + service,
                service,
                system.credentials().databasePassword(service));
    }

    SnowballApi mailbox() {
        return new SnowballApi(system.endpoints().mailbox());
    }
}
