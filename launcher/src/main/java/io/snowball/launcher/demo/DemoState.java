package io.snowball.launcher.demo;

import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Supplier;

/** What the first run decided and every later one keeps: it lies beside the data that it belongs to. */
final class DemoState {
    private final Path file;
    private final Properties values = new Properties();

    DemoState(Path installation) {
        this.file = installation.resolve("demo.properties");
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                values.load(reader);
            } catch (IOException failure) {
                throw Trouble.of(failure);
            }
        }
    }

    /** Names the requests of this installation's demo. */
    String name() {
        return keep("name", () -> UUID.randomUUID().toString());
    }

    /** The day of the last purchase: yesterday when the data first came in. */
    LocalDate lastDay() {
        return LocalDate.parse(keep(
                "lastDay",
                () -> LocalDate.now(java.time.ZoneOffset.UTC).minusDays(1).toString()));
    }

    Instant boughtAt() {
        return Instant.parse(keep(
                "boughtAt", () -> Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    /** What was made once, for ever: the system itself forgets after 30 days that it was asked. */
    String keep(String key, Supplier<String> first) {
        if (!values.containsKey(key)) {
            values.setProperty(key, first.get());
            try {
                Files.createDirectories(file.getParent());
                try (Writer writer = Files.newBufferedWriter(file)) {
                    values.store(writer, "Fixed by the first run of the demo; delete together with the data only");
                }
            } catch (IOException failure) {
                throw Trouble.of(failure);
            }
        }
        return values.getProperty(key);
    }
}
