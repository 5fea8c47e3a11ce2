package io.snowball.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.snowball.launcher.demo.Demo;
import io.snowball.launcher.demo.DemoReport;
import io.snowball.launcher.installation.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The main job, end to end, as the demo does it: C23, G1, B15, M13 on the CDNOW sample. */
class MainJobTest {
    private static final LocalDate LAST_DAY = LocalDate.of(1998, 6, 30);

    private final Snowball snowball = Snowball.running();

    @Test
    void importsScoresSendsAndReportsAndDoesNothingTwice() throws IOException {
        DemoReport first = demo();

        assertThat(first.customers()).isEqualTo(2357);
        assertThat(first.orders()).isEqualTo(6919);
        assertThat(first.duplicates()).isZero();
        assertThat(first.sent() + first.control() + first.withoutConsent()).isEqualTo(first.segment());
        assertThat(first.delivered()).isEqualTo(first.sent());
        assertThat(first.control()).isPositive();
        assertThat(first.clicked()).isPositive().isLessThan(first.opened());
        assertThat(first.opened()).isLessThan(first.sent());
        assertThat(first.unsubscribed()).isPositive();

        assertThat(first.revenue()).isEqualByComparingTo(revenueOfTheFile());
        assertThat(new TreeMap<>(first.rfm())).isEqualTo(cellsOfTheFile(settings()));

        assertThat(demo()).as("run again").isEqualTo(first);
    }

    private DemoReport demo() {
        var system = snowball.system();
        return new Demo(system.endpoints(), system.credentials(), snowball.folder(), Progress.silent(), _ -> {}).run();
    }

    private JsonNode settings() {
        return snowball.api().get("/api/v1/rfm-settings");
    }

    private record Row(String customer, LocalDate on, BigDecimal amount) {}

    private static List<Row> file() throws IOException {
        try (var reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Demo.class.getResourceAsStream("/demo/CDNOW_sample.txt")),
                StandardCharsets.US_ASCII))) {
            return reader.lines()
                    .map(line -> line.strip().split("\\s+"))
                    .map(column -> new Row(
                            column[0],
                            LocalDate.parse(column[2], DateTimeFormatter.BASIC_ISO_DATE),
                            new BigDecimal(column[4])))
                    .toList();
        }
    }

    private static BigDecimal revenueOfTheFile() throws IOException {
        return file().stream().map(Row::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Computed from the file alone: purchases are made at noon, and the grid is asked for at the midnight after the last day. */
    private static Map<String, Long> cellsOfTheFile(JsonNode settings) throws IOException {
        Map<String, List<Row>> purchases = new HashMap<>();
        for (Row row : file()) {
            purchases
                    .computeIfAbsent(row.customer(), _ -> new java.util.ArrayList<>())
                    .add(row);
        }
        Map<String, Long> cells = new TreeMap<>();
        for (String name : List.of(
                "LOYAL_LOST",
                "LOYAL_AT_RISK",
                "LOYAL",
                "VIP",
                "PROMISING_LOST",
                "PROMISING_AT_RISK",
                "PROMISING",
                "ONE_TIME_LOST",
                "ONE_TIME_AT_RISK",
                "NEWCOMER",
                "FIRST_PURCHASE")) {
            cells.put(name, 0L);
        }
        purchases.values().forEach(rows -> cells.merge(cell(rows, settings), 1L, Long::sum));
        return cells;
    }

    private static String cell(List<Row> rows, JsonNode settings) {
        LocalDate first = rows.stream().map(Row::on).min(LocalDate::compareTo).orElseThrow();
        LocalDate last = rows.stream().map(Row::on).max(LocalDate::compareTo).orElseThrow();
        // From noon to midnight is half a day: the whole days are the days between the dates.
        long sinceLast = ChronoUnit.DAYS.between(last, LAST_DAY);
        long sinceFirst = ChronoUnit.DAYS.between(first, LAST_DAY);
        boolean lost = sinceLast > settings.path("atRiskDays").asInt();
        boolean atRisk = sinceLast > settings.path("activeDays").asInt();
        String recency = lost ? "_LOST" : atRisk ? "_AT_RISK" : "";
        if (rows.size() >= settings.path("loyalFromOrders").asInt()) {
            BigDecimal revenue = rows.stream().map(Row::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
            boolean vip = revenue.compareTo(
                            new BigDecimal(settings.path("vipFromRevenue").asText()))
                    >= 0;
            return recency.isEmpty() && vip ? "VIP" : "LOYAL" + recency;
        }
        if (rows.size() >= settings.path("promisingFromOrders").asInt()) {
            return "PROMISING" + recency;
        }
        if (!recency.isEmpty()) {
            return "ONE_TIME" + recency;
        }
        return sinceFirst > settings.path("firstPurchaseDays").asInt() ? "NEWCOMER" : "FIRST_PURCHASE";
    }
}
