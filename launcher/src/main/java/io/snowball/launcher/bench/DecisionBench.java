package io.snowball.launcher.bench;

import io.snowball.launcher.installation.RunningSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Consent decisions of customers with five records each: the service's own statement and the bare query of one index, both run by
 * pgbench on two connections a thousand customers at a time; then the same over REST by four callers, and one customer at a time.
 *
 * <p>The times of single decisions are of all calls in twenty seconds, from the first byte out to the last byte in, over kept
 * connections of our own: of one caller, who asks again as soon as it is answered, after half a minute of the same calls for the
 * JIT; then of eight such callers at once. Callers, service and database share the machine's processors. Each answer waits for
 * the commit of its record in the access log, and the relay that brings these records into the log runs beside. Nothing is left
 * out. Siblings don't pass the gateway, and neither do we.
 */
final class DecisionBench {
    private static final int BATCH = 1000;
    private static final int BATCHES = 500;
    private static final int SECONDS = 10;
    private static final int CONNECTIONS = 2;
    private static final Duration SINGLES_WARM_UP = Duration.ofSeconds(30);
    private static final Duration SINGLES = Duration.ofSeconds(20);
    private static final int MANY_CALLERS = 8;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private static final String IDS = "(select ids from bench_batch where number = :n)";

    /** What anybody would write who has one table and one index. */
    private static final String BARE = """
            select customer_id, state, record_id from consent_state
            where customer_id = any(%s::uuid[]) and purpose = 'marketing' and channel = 'EMAIL' and type = 'ADVERTISING'
            """.formatted(IDS);

    private final RunningSystem system;
    private final Path folder;
    private final Path decide;

    /** @param home where the service's statement lies, so that what is measured is what runs */
    DecisionBench(RunningSystem system, Path folder, Path home) {
        this.system = system;
        this.folder = folder;
        this.decide = home.resolve("consent-service/src/main/resources/sql/decision/decide.sql");
    }

    Measurement run(int customers) throws IOException, SQLException {
        List<List<UUID>> batches = fill(customers);
        String statement = Files.readString(decide)
                .replaceAll("(?m)^--.*$", "")
                .replace("$1", IDS + "::uuid[]")
                .replace("$2", "'marketing'")
                .replace("$3", "'EMAIL'")
                .replace("$4", "array['ADVERTISING', 'PD_PROCESSING']")
                .replace("$5", "timestamptz '2026-11-22 00:00:00+00'")
                .replace("$6", "array['*', 'EMAIL']");
        double bare = pgbench("bare", BARE);
        double ours = pgbench("ours", statement);
        DecisionCalls calls = new DecisionCalls(
                system.endpoints().service("consent"), system.credentials().internalKey());
        // Once for the JIT, once for the figure.
        calls.batches(batches, SECONDS / 2);
        double rest = calls.batches(batches, SECONDS) * BATCH;
        calm();
        calls.singles(batches, 1, SINGLES_WARM_UP);
        Callers.Run one = calls.singles(batches, 1, SINGLES);
        calls.singles(batches, MANY_CALLERS, SINGLES_WARM_UP.dividedBy(3));
        Callers.Run many = calls.singles(batches, MANY_CALLERS, SINGLES);
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("customers", customers);
        more.put("recordsEach", 5);
        more.put("restDecisionsPerSecond", Math.round(rest));
        more.put("singleP50Millis", one.millis(50));
        more.put("singleP99Millis", one.millis(99));
        more.put("singleWorstMillis", one.millis(100));
        more.put("singleCallers", 1);
        more.put("manyCallers", MANY_CALLERS);
        more.put("manyCallersPerSecond", Math.round(many.perSecond()));
        more.put("manyCallersP50Millis", many.millis(50));
        more.put("manyCallersP99Millis", many.millis(99));
        return Measurement.of("decision", "decisions/s", ours, bare, "the bare query of one index by pgbench", more);
    }

    /** Four consents to advertising and one to the processing each; every tenth customer has withdrawn. */
    private List<List<UUID>> fill(int customers) throws SQLException {
        try (Connection database = connect();
                Statement sql = database.createStatement()) {
            sql.execute("""
                    insert into consent_state (customer_id, purpose, channel, type, state, record_id, stated_at)
                    select md5(n::text)::uuid, 'marketing', c.channel,
                      case c.channel when 'ANY' then 'PD_PROCESSING' else 'ADVERTISING' end,
                      case when n %% 10 = 0 and c.channel = 'EMAIL' then 'WITHDRAWN' else 'GIVEN' end, md5(n || c.channel)::uuid,
                      timestamptz '2026-01-01 00:00:00+00'
                    from generate_series(1, %d) n, unnest(array['EMAIL', 'SMS', 'PUSH', 'CALL', 'ANY']) as c (channel)
                    order by md5(n::text)::uuid
                    """.formatted(customers).replace("%%", "%"));
            sql.execute("create table bench_batch (number int primary key, ids uuid[] not null)");
            sql.execute("""
                    insert into bench_batch
                    select b, array(select md5((1 + floor(random() * %d) + 0 * b)::int::text)::uuid from generate_series(1, %d))
                    from generate_series(1, %d) b
                    """.formatted(customers, BATCH, BATCHES));
            sql.execute("grant select on bench_batch to consent");
            sql.execute("vacuum (analyze) consent_state");
            List<List<UUID>> batches = new ArrayList<>();
            try (var rows = sql.executeQuery("select ids from bench_batch order by number")) {
                while (rows.next()) {
                    batches.add(List.of((UUID[]) rows.getArray(1).getArray()));
                }
            }
            return batches;
        }
    }

    /** The batches before left millions of people to the access log; its keeping is not what a single answer takes. */
    private void calm() throws SQLException {
        try (Connection database = connect();
                Statement sql = database.createStatement()) {
            boolean calm = false;
            while (!calm) {
                ImportBench.pause(LOOK_AGAIN);
                try (var rows = sql.executeQuery("select not exists (select from access_outbox)")) {
                    rows.next();
                    calm = rows.getBoolean(1);
                }
            }
        }
    }

    /** @return decisions a second */
    private double pgbench(String name, String statement) throws IOException {
        String script = "\\set n random(1, " + BATCHES + ")\n"
                + statement.replaceAll("\\s+", " ").strip() + ";\n";
        return new PgBench(
                                folder,
                                system.endpoints().databasePort(),
                                "consent",
                                system.credentials().databasePassword("consent"))
                        .run(name, script, CONNECTIONS, SECONDS)
                        .perSecond()
                * BATCH;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + system.endpoints().databasePort() + "/consent",
                "consent_owner",
                system.credentials().databasePassword("consent_owner"));
    }
}
