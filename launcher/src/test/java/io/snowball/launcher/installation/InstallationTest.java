package io.snowball.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.snowball.launcher.machine.Trouble;
import io.snowball.launcher.postgres.Postgres;
import io.snowball.launcher.postgres.SharedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliver 8: one command runs everything, and whatever happens to it the next one works. */
class InstallationTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private final Settings settings = Settings.standard().withPorts(Ports.free());
    private final Notes notes = new Notes();

    @BeforeEach
    void unpackOnce() throws IOException {
        SharedServer.linkInto(folder.resolve("postgres"));
    }

    @Test
    void startsAllTellsEachWhatItNeedsAndStopsAll() throws Exception {
        Installation installation = installation();
        RunningSystem system = installation.start(settings, notes);
        URI customer = system.endpoints().service("customer");
        try {
            assertThat(notes.steps).containsExactly("PostgreSQL 18.6", "mailbox", "customer", "gateway");
            assertThat(installation.readiness())
                    .containsOnlyKeys("postgres", "customer", "gateway")
                    .doesNotContainValue(false);
            assertThat(get(customer, "/env/SNOWBALL_PEERS_GATEWAY"))
                    .isEqualTo("http://127.0.0.1:" + settings.ports().first());
            assertThat(get(customer, "/env/SNOWBALL_INTERNAL_KEY"))
                    .hasSizeGreaterThanOrEqualTo(32)
                    .isEqualTo(system.credentials().internalKey());
            assertThat(get(customer, "/env/CAMPAIGN_SMTP_PORT"))
                    .isEqualTo(Integer.toString(settings.ports().smtp()));
            assertThat(get(customer, "/env/GATEWAY_ADMIN_PASSWORD")).isEqualTo("null");
            assertThat(get(system.endpoints().gateway(), "/env/GATEWAY_ADMIN_PASSWORD"))
                    .isEqualTo(system.credentials().adminPassword());
            DriverManager.getConnection(
                            Postgres.jdbcUrl(
                                    Integer.parseInt(get(customer, "/env/SNOWBALL_DB_PORT")),
                                    get(customer, "/env/SNOWBALL_DB_NAME")),
                            get(customer, "/env/SNOWBALL_DB_USER"),
                            get(customer, "/env/SNOWBALL_DB_PASSWORD"))
                    .close();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets"))))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(folder.resolve("run/state.json")))
                    .doesNotContain(system.credentials().adminPassword());
            assertThatThrownBy(() -> installation().start(settings, notes))
                    .isInstanceOf(Trouble.class)
                    .hasMessageContaining("is running in")
                    .hasMessageContaining("./snowball down");
        } finally {
            system.close();
        }
        assertThat(installation.isRunning()).isFalse();
        assertThat(installation.endpoints()).isEmpty();
        assertThatThrownBy(() -> get(customer, "/")).isInstanceOf(IOException.class);
        assertThat(Postgres.stopLeftOver(folder.resolve("postgres"))).isFalse();
    }

    @Test
    void startsAgainWhatDiesByItselfButNotWhatWasKilled() throws Exception {
        try (RunningSystem system = installation().start(settings, notes)) {
            URI customer = system.endpoints().service("customer");
            String firstPid = get(customer, "/");
            assertThatThrownBy(() -> get(customer, "/die")).isInstanceOf(IOException.class);
            await().atMost(LONG)
                    .ignoreExceptions()
                    .until(() -> !get(customer, "/").equals(firstPid));
            assertThat(notes.sentences).singleElement().asString().contains("customer stopped by itself (exit code 9");

            system.kill("customer");
            assertThatThrownBy(() -> get(customer, "/")).isInstanceOf(IOException.class);
            system.startAgain("customer");
            assertThat(get(customer, "/")).isNotEqualTo(firstPid);

            system.kill(RunningSystem.DATABASE);
            system.startAgain(RunningSystem.DATABASE);
            DriverManager.getConnection(
                            Postgres.jdbcUrl(settings.ports().database(), "customer"),
                            "customer",
                            system.credentials().databasePassword("customer"))
                    .close();
            assertThat(notes.sentences).hasSize(1);
        }
    }

    @Test
    void startsAfterALauncherThatWasKilledAndKeepsItsSecrets() throws Exception {
        Process killed = killedLauncher();
        await().atMost(LONG).until(() -> installation().endpoints().isPresent());
        URI customer = installation().endpoints().orElseThrow().service("customer");
        String orphan = get(customer, "/");
        String password = installation().credentials().adminPassword();
        killed.destroyForcibly().waitFor();
        assertThat(installation().isRunning()).isFalse();
        assertThat(get(customer, "/")).isEqualTo(orphan);

        try (RunningSystem system = installation().start(settings, notes)) {
            assertThat(get(customer, "/")).isNotEqualTo(orphan);
            assertThat(system.credentials().adminPassword()).isEqualTo(password);
            assertThat(notes.sentences).containsExactly("What an interrupted run had left behind was stopped.");
        }
    }

    @Test
    void stopsALauncherOfAnotherProcess() throws Exception {
        Process other = killedLauncher();
        await().atMost(LONG).until(() -> installation().endpoints().isPresent());
        assertThat(installation().stop()).isTrue();
        assertThat(other.waitFor()).isNotZero();
        assertThat(installation().stop()).isFalse();
    }

    @Test
    void saysWhichPortIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(settings.ports().first() + 1, 1, InetAddress.ofLiteral("0.0.0.0"))) {
            assertThatThrownBy(() -> installation().start(settings, notes))
                    .isInstanceOf(Trouble.class)
                    .hasMessage(
                            "Port " + other.getLocalPort()
                                    + " (customer) is taken by another program. Stop that program, or choose others with --port-base 9080.");
        }
        assertThat(installation().isRunning()).isFalse();
    }

    @Test
    void saysWhatIsNotBuilt() {
        Service unbuilt = new Service("customer", 1, Optional.of(folder.resolve("customer.jar")), List.of());
        assertThatThrownBy(() -> Installation.at(folder, List.of(unbuilt)).start(settings, notes))
                .isInstanceOf(Trouble.class)
                .hasMessageStartingWith("Not built: customer (")
                .hasMessageContaining("Run ./snowball up");
    }

    @Test
    void showsTheEndOfTheLogOfAServiceThatDoesNotStartAndLeavesNothingBehind() {
        Installation installation = Installation.at(folder, List.of(FakeService.service("customer", 1, "fail")));
        assertThatThrownBy(() -> installation.start(settings, notes))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("customer stopped while it was starting")
                .hasMessageContaining("the wolf ate the database");
        assertThat(installation.isRunning()).isFalse();
        assertThat(installation.stop()).isFalse();
    }

    private Installation installation() {
        return Installation.at(folder, FakeService.two());
    }

    private Process killedLauncher() throws IOException {
        List<String> command = new ArrayList<>(JavaCommand.launcher());
        command.addAll(List.of(
                KilledLauncher.class.getName(),
                folder.toString(),
                Integer.toString(settings.ports().first())));
        return new ProcessBuilder(command)
                .inheritIO()
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String get(URI service, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(service.resolve(path)).timeout(LONG).build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }

    private static final class Notes implements Progress {
        final List<String> steps = new CopyOnWriteArrayList<>();
        final List<String> sentences = new CopyOnWriteArrayList<>();

        @Override
        public void done(String step, Duration took, String detail) {
            steps.add(step);
        }

        @Override
        public void note(String sentence) {
            sentences.add(sentence);
        }
    }
}
