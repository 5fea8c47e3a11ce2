package io.snowball.launcher.bench;

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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
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
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final Duration CALM_PATIENCE = Duration.ofMinutes(1);
    private static final int MAIL_BYTES = 5_200;
    /** A batch is few calls for many messages: in the second campaign the services' compilers still take a seventh of the processors. */
    private static final int WARM_UPS = 8;
    /** Nearly all of that time is the signature's. */
    private static final int WARM_UPS_SIGNED = 2;

    /** Signing costs more than everything else: a part of the campaign tells what it costs. */
    private static final int SIGNED = 40_000;

    /** Becomes about {@value #MAIL_BYTES} bytes, headers and all, as text and as HTML in quoted-printable. */
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
                ours = sent(system, "unsigned", customers, WARM_UPS);
            }
            double theirs = customers / sink.reference(customers, MAIL_BYTES);
            Map<String, Object> more = new LinkedHashMap<>();
            more.put("customers", customers);
            more.put("processorMicrosPerMessage", ours.processorMicros());
            for (String algorithm : List.of("RSA", "Ed25519")) {
                Map<String, String> signing = new LinkedHashMap<>(mailServer);
                signing.put("CAMPAIGN_DKIM_DOMAIN", "shop.example.com");
                signing.put("CAMPAIGN_DKIM_SELECTOR", "bench");
                signing.put("CAMPAIGN_DKIM_KEY_FILE", key(algorithm).toString());
                try (RunningSystem system = system(signing)) {
                    Sent signed = sent(system, "signed " + algorithm, Math.min(customers, SIGNED), WARM_UPS_SIGNED);
                    more.put("signed" + algorithm, Math.round(signed.perSecond()));
                    more.put("signed" + algorithm + "ProcessorMicrosPerMessage", signed.processorMicros());
                }
            }
            return Measurement.of(
                    "dispatch", "messages/s", ours.perSecond(), theirs, "smtp-source to the same smtp-sink", more);
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

    /** @return messages a second of the last campaign */
    private Sent sent(RunningSystem system, String name, int messages, int warmUps) throws SQLException {
        for (int i = 1; i <= warmUps; i++) {
            campaign(system, name + " warm-up " + i, messages);
        }
        return campaign(system, name, messages);
    }

    /** @param messages so many are waited for and counted; the rest of the campaign is cancelled */
    private Sent campaign(RunningSystem system, String name, int messages) throws SQLException {
        SnowballApi api = signedIn(system);
        Marketer marketer = new Marketer(api, name);
        String segment =
                api.get("/api/v1/segments").path("items").path(0).path("id").asText();
        String campaign = marketer.campaign(segment, marketer.template("{{ customer.first_name }}, скидка", LETTER));
        calm(system);
        Map<String, Duration> before = system.processorTimes();
        Instant launched = Instant.now();
        marketer.launch(campaign);
        try (Connection database = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + system.endpoints().databasePort() + "/campaign",
                "campaign",
                system.credentials().databasePassword("campaign"))) {
            // Looking must not take the processors away from what is looked at.
            database.createStatement().execute("set max_parallel_workers_per_gather = 0");
            awaitUntil(() -> unpacked(database, campaign) >= messages && count(database, campaign) >= messages);
            // Now, and by the number sent by now: they go on.
            Map<String, Duration> after = system.processorTimes();
            int sent = count(database, campaign);
            double rate = messages
                    / (Duration.between(launched, answered(database, campaign, messages))
                                    .toMillis()
                            / 1000.0);
            Map<String, Long> micros = new TreeMap<>();
            after.forEach((process, time) -> micros.put(
                    process,
                    time.minus(before.getOrDefault(process, Duration.ZERO)).toNanos() / 1000 / sent));
            progress.note("%s: %,.0f messages/s; processor time a message in µs: %s".formatted(name, rate, micros));
            end(api, campaign);
            return new Sent(rate, micros);
        }
    }

    /** Seals, vacuums and feeds of what was imported or sent before are not part of what is measured; a minute is given to them. */
    private static void calm(RunningSystem system) {
        Instant until = Instant.now().plus(CALM_PATIENCE);
        Duration used = LOOK_AGAIN;
        while (used.compareTo(LOOK_AGAIN.dividedBy(10)) > 0 && Instant.now().isBefore(until)) {
            Duration before = used(system);
            ImportBench.pause(LOOK_AGAIN);
            used = used(system).minus(before);
        }
    }

    private static Duration used(RunningSystem system) {
        return system.processorTimes().values().stream().reduce(Duration.ZERO, Duration::plus);
    }

    private static void end(SnowballApi api, String campaign) {
        try {
            api.post(
                    "/api/v1/campaigns/" + campaign + "/cancellations",
                    api.json().createObjectNode(),
                    null);
        } catch (Trouble refused) {
            if (!isOver(api, campaign)) {
                throw refused;
            }
        }
        awaitUntil(() -> isOver(api, campaign));
    }

    private static boolean isOver(SnowballApi api, String campaign) {
        return api.get("/api/v1/campaigns/" + campaign).hasNonNull("completedAt");
    }

    /** How many have left their parcels: a look at a few hundred rows, where counting what was sent reads a hundred thousand. */
    private static int unpacked(Connection database, String campaign) {
        return asked(
                database,
                "select case when planned_at is null then 0 else planned - (select coalesce(sum(cardinality(p.control)), 0)"
                        + " from parcel p where p.campaign_id = c.id) end from campaign c where c.id = ?::uuid",
                campaign,
                rows -> rows.getInt(1));
    }

    private static int count(Connection database, String campaign) {
        return asked(
                database,
                "select count(*) from message where campaign_id = ?::uuid and state = 'SENT'",
                campaign,
                rows -> rows.getInt(1));
    }

    /** When so many had the mail server's yes. */
    private static Instant answered(Connection database, String campaign, int messages) {
        return asked(
                database,
                "select settled_at from message where campaign_id = ?::uuid and state = 'SENT' order by settled_at offset "
                        + (messages - 1) + " limit 1",
                campaign,
                rows -> rows.getTimestamp(1).toInstant());
    }

    private interface Reading<T> {
        T of(ResultSet rows) throws SQLException;
    }

    private static <T> T asked(Connection database, String question, String campaign, Reading<T> reading) {
        try (var sql = database.prepareStatement(question)) {
            sql.setString(1, campaign);
            try (ResultSet rows = sql.executeQuery()) {
                rows.next();
                return reading.of(rows);
            }
        } catch (SQLException failure) {
            throw new Trouble("The database refused the measurement: " + failure.getSQLState(), failure);
        }
    }

    private static SnowballApi signedIn(RunningSystem system) {
        SnowballApi api = new SnowballApi(system.endpoints().gateway());
        api.signIn(system.credentials().adminLogin(), system.credentials().adminPassword());
        return api;
    }

    private Path key(String algorithm) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("RSA")) {
                generator.initialize(2048);
            }
            byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
            return Files.writeString(
                    folder.resolve(algorithm + ".pem"),
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
            // Seldom: looking costs the system more than a message does, and when it ended is read from the rows.
            ImportBench.pause(LOOK_AGAIN);
        }
    }
}
