package io.snowball.launcher.bench;

import io.snowball.launcher.api.SnowballApi;
import io.snowball.launcher.generate.CustomerBase;
import io.snowball.launcher.installation.RunningSystem;
import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reading one profile through the gateway, token checked and all, against the service's own query run by pgbench. */
final class ProfileBench {
    private static final int CALLERS = 8;
    private static final int PATHS = 10_000;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Pattern STATE = Pattern.compile("String STATE = \"\"\"(.*?)\"\"\"", Pattern.DOTALL);

    private final RunningSystem system;
    private final Path folder;
    private final Path query;

    /** @param home where the service's statement lies, so that what is measured is what runs */
    ProfileBench(RunningSystem system, Path folder, Path home) {
        this.system = system;
        this.folder = folder;
        this.query = home.resolve("customer-service/src/main/java/io/snowball/customer/profile/CustomerSql.java");
    }

    Measurement run(int customers, int seconds) throws IOException, SQLException {
        SnowballApi api = new SnowballApi(system.endpoints().gateway());
        api.signIn(system.credentials().adminLogin(), system.credentials().adminPassword());
        Path file = folder.resolve("customers.csv");
        new CustomerBase(customers, customers, LocalDate.of(2026, 10, 31)).writeCustomers(file);
        ImportBench.imported(api, "CUSTOMERS", file);
        List<String> paths = prepare();
        read(api.token(), paths, WARM_UP);
        Map<String, Duration> before = system.processorTimes();
        Callers.Run ours = read(api.token(), paths, Duration.ofSeconds(seconds));
        Map<String, Long> micros = ImportBench.micros(before, system.processorTimes(), ours.micros().length);
        Callers.Run theirs = reference(customers, seconds);
        Callers.Run alone = Callers.run(1, Duration.ofSeconds(5), () -> new Reader(api.token(), paths));
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("customers", customers);
        more.put("callers", CALLERS);
        more.put("p50Millis", ours.millis(50));
        more.put("p99Millis", ours.millis(99));
        more.put("pgbenchP50Millis", theirs.millis(50));
        more.put("pgbenchP99Millis", theirs.millis(99));
        more.put("oneCallerP50Millis", alone.millis(50));
        more.put("oneCallerP99Millis", alone.millis(99));
        more.put("processorMicrosPerRequest", micros);
        return Measurement.of(
                "profile",
                "requests/s",
                ours.perSecond(),
                theirs.perSecond(),
                "the same query by pgbench on as many connections",
                more);
    }

    /** Numbers the customers for pgbench, and picks some of them for us. */
    private List<String> prepare() throws SQLException {
        List<String> paths = new ArrayList<>();
        try (Connection database = IngestBench.connect(system);
                Statement sql = database.createStatement()) {
            sql.execute("create table bench_customer (number int primary key, id uuid not null)");
            sql.execute(
                    "insert into bench_customer select row_number() over (order by md5(id::text)), id from customer");
            sql.execute("vacuum (analyze) bench_customer");
            sql.execute("vacuum (analyze) customer");
            sql.execute("vacuum (analyze) identity");
            try (var rows = sql.executeQuery("select id from bench_customer where number <= " + PATHS)) {
                while (rows.next()) {
                    paths.add("/api/v1/customers/" + rows.getObject(1, UUID.class));
                }
            }
        }
        return paths;
    }

    private Callers.Run read(String token, List<String> paths, Duration time) {
        return Callers.run(CALLERS, time, () -> new Reader(token, paths));
    }

    private Callers.Run reference(int customers, int seconds) throws IOException {
        Matcher state = STATE.matcher(Files.readString(query));
        if (!state.find()) {
            throw new Trouble("The service's query is no longer where it was: " + query);
        }
        String script = "\\set n random(1, " + customers + ")\n"
                + state.group(1).replaceAll("\\s+", " ")
                + "where c.id = any(array[(select b.id from bench_customer b where b.number = :n)]);\n";
        return new PgBench(
                        folder,
                        system.endpoints().databasePort(),
                        "customer",
                        system.credentials().databasePassword("customer"))
                .run("profile", script, CALLERS, seconds);
    }

    private final class Reader implements Callers.Caller {
        private final PlainHttp http;
        private final List<String> paths;

        Reader(String token, List<String> paths) throws IOException {
            this.http = new PlainHttp(system.endpoints().gateway(), token);
            this.paths = paths;
        }

        @Override
        public void call() throws IOException {
            PlainHttp.Answer answer =
                    http.get(paths.get(ThreadLocalRandom.current().nextInt(paths.size())));
            if (answer.status() != 200) {
                throw new Trouble("A profile was answered with " + answer.status() + ": " + answer.text());
            }
        }

        @Override
        public void close() throws IOException {
            http.close();
        }
    }
}
