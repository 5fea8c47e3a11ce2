package io.snowball.launcher.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.snowball.launcher.api.Marketer;
import io.snowball.launcher.api.SnowballApi;
import io.snowball.launcher.generate.CustomerBase;
import io.snowball.launcher.installation.Progress;
import io.snowball.launcher.installation.RunningSystem;
import io.snowball.launcher.installation.Service;
import io.snowball.launcher.installation.Settings;
import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * A campaign from its launch to the last answer of the mail server, with everything on: planning, claims, consent decisions, addresses,
 * rendering, tracked links, states and feed rows. The reference is smtp-source, which sends one ready mail of about the same size to
 * the same sink and keeps no book.
 */
final class DispatchBench {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final int MAIL_BYTES = 6_000;
    /** Becomes {@value #MAIL_BYTES} bytes and some more, as text and as HTML in quoted-printable. */
    private static final String LETTER = """
            <p>{{ customer.first_name }}, добрый день!</p>
            <p>Вы давно к нам не заходили, а у нас новые пластинки: джаз, рок и классика. До воскресенья на всё скидка 10 %.</p>
            <p><a href="https://shop.example.com/new?from=mail">Посмотреть новинки</a>,
            <a href="https://shop.example.com/jazz">джаз</a> или <a href="https://shop.example.com/rock">рок</a>.</p>
            <p>Заказ соберём за час, привезём завтра, а если что-то не подойдёт, то заберём назад и вернём деньги.</p>
            """;

    private final Path home;
    private final Path folder;
    private final Progress progress;

    DispatchBench(Path home, Path folder, Progress progress) {
        this.home = home;
        this.folder = folder;
        this.progress = progress;
    }

    Measurement run(int customers) throws IOException, SQLException {
        try (MailSink sink = new MailSink(folder)) {
            Map<String, String> mailServer = Map.of("CAMPAIGN_SMTP_PORT", Integer.toString(sink.port()));
            Sent ours;
            try (RunningSystem system = system(mailServer)) {
                people(system, customers);
                ours = sent(system, "unsigned", customers);
            }
            double theirs = customers / sink.reference(customers, MAIL_BYTES);
            Map<String, String> signing = new LinkedHashMap<>(mailServer);
            signing.put("CAMPAIGN_DKIM_DOMAIN", "shop.example.com");
            signing.put("CAMPAIGN_DKIM_SELECTOR", "bench");
            signing.put("CAMPAIGN_DKIM_KEY_FILE", key().toString());
            try (RunningSystem system = system(signing)) {
                Sent signed = sent(system, "signed", customers);
                return Measurement.of(
                        "dispatch",
                        "messages/s",
                        ours.perSecond(),
                        theirs,
                        "smtp-source to the same smtp-sink",
                        Map.of(
                                "customers",
                                customers,
                                "processorMicrosPerMessage",
                                ours.processorMicros(),
                                "signedRsa2048",
                                Math.round(signed.perSecond())));
            }
        }
    }

    private record Sent(double perSecond, Map<String, Long> processorMicros) {}

    private RunningSystem system(Map<String, String> more) {
        return Bench.system(folder, Service.all(home), Settings.standard().with(more), progress);
    }

    private void people(RunningSystem system, int customers) throws IOException {
        SnowballApi api = signedIn(system);
        Path file = folder.resolve("customers.csv");
        new CustomerBase(customers, customers, LocalDate.of(2026, 10, 31)).writeCustomers(file);
        ImportBench.imported(api, "CUSTOMERS", file);
        List<String> ids = new ArrayList<>();
        api.forEach("/api/v1/customers", customer -> ids.add(customer.path("id").asText()));
        Marketer marketer = new Marketer(api, "bench");
        marketer.consents(ids);
        String segment = marketer.segment(
                api.json().createObjectNode().put("type", "contact").put("kind", "EMAIL"));
        awaitUntil(
                () -> api.get("/api/v1/segments/" + segment).path("customers").asInt() == customers);
        progress.note(customers + " customers who agreed are there");
    }

    /** @return messages a second of the second of two campaigns: the first one warms the services up */
    private Sent sent(RunningSystem system, String name, int customers) throws SQLException {
        campaign(system, name + " warm-up", customers);
        return campaign(system, name, customers);
    }

    private Sent campaign(RunningSystem system, String name, int customers) throws SQLException {
        SnowballApi api = signedIn(system);
        Marketer marketer = new Marketer(api, name);
        String segment =
                api.get("/api/v1/segments").path("items").path(0).path("id").asText();
        String campaign = marketer.campaign(segment, marketer.template("{{ customer.first_name }}, скидка", LETTER));
        Map<String, Duration> before = system.processorTimes();
        Instant launched = Instant.now();
        marketer.launch(campaign);
        awaitUntil(() ->
                api.get("/api/v1/campaigns/" + campaign).path("state").asText().equals("COMPLETED"));
        JsonNode report = api.get("/api/v1/campaigns/" + campaign + "/report");
        if (report.path("sent").asInt() != customers) {
            throw new Trouble("Not all of " + customers + " messages were sent: " + report);
        }
        double rate = customers
                / (Duration.between(launched, lastAnswer(system, campaign)).toMillis() / 1000.0);
        Map<String, Long> micros = new TreeMap<>();
        system.processorTimes()
                .forEach((process, time) -> micros.put(
                        process,
                        time.minus(before.getOrDefault(process, Duration.ZERO)).toNanos() / 1000 / customers));
        progress.note("%s: %,.0f messages/s; processor time a message in µs: %s".formatted(name, rate, micros));
        return new Sent(rate, micros);
    }

    private static Instant lastAnswer(RunningSystem system, String campaign) throws SQLException {
        try (var database = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + system.endpoints().databasePort() + "/campaign",
                        "campaign",
                        system.credentials().databasePassword("campaign"));
                var sql =
                        database.prepareStatement("select max(settled_at) from message where campaign_id = ?::uuid")) {
            sql.setString(1, campaign);
            try (var rows = sql.executeQuery()) {
                rows.next();
                return rows.getTimestamp(1).toInstant();
            }
        }
    }

    private static SnowballApi signedIn(RunningSystem system) {
        SnowballApi api = new SnowballApi(system.endpoints().gateway());
        api.signIn(system.credentials().adminLogin(), system.credentials().adminPassword());
        return api;
    }

    private Path key() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
            return Files.writeString(
                    folder.resolve("dkim.pem"),
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder().encodeToString(encoded)
                            + "\n-----END PRIVATE KEY-----\n");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void awaitUntil(BooleanSupplier reached) {
        Instant until = Instant.now().plus(PATIENCE);
        while (!reached.getAsBoolean()) {
            if (Instant.now().isAfter(until)) {
                throw new Trouble("The system did not get there within " + PATIENCE.toMinutes() + " minutes.");
            }
            // Seldom: looking costs the system more than a message does, and the end is read from the database.
            ImportBench.pause(LOOK_AGAIN);
        }
    }
}
