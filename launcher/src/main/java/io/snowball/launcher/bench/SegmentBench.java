package io.snowball.launcher.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.snowball.launcher.installation.Progress;
import io.snowball.launcher.installation.RunningSystem;
import io.snowball.launcher.machine.Trouble;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Previews of the rules of {@link RuleOfBench} as people see them while they type; the same exactly, against SQL written by hand; a
 * segment that looks back half a year over orders and a month over events, built anew, against {@code insert into … select}; and
 * how soon what happens is seen.
 */
final class SegmentBench {
    private static final int PREVIEWS = 20;
    private static final int EXACT = 3;

    /** A look-back over both big tables. */
    private static final String LOOK_BACK_RULE = """
            {"type":"any","rules":[
              {"type":"orders","aggregate":"COUNT","op":"GREATER_OR_EQUAL","value":2,"window":{"lastDays":180}},
              {"type":"events","types":["PRODUCT_VIEWED","ADDED_TO_CART"],"op":"GREATER_OR_EQUAL","value":5,
               "window":{"lastDays":90}}]}
            """;

    private static final String LOOK_BACK_SQL = """
            insert into reference_member (segment_id, customer_id, entered_at)
            select '01950000-0000-7000-8000-000000000001', customer_id, now()
            from (
              select customer_id from order_fact where counts and ordered_at > now() - interval '180 days'
              group by customer_id having count(*) >= 2
              union
              select customer_id from event_fact
              where type_id in (select id from event_type where name in ('PRODUCT_VIEWED', 'ADDED_TO_CART'))
                and occurred_at > now() - interval '90 days'
              group by customer_id having count(*) >= 5) x
            """;

    private static final String BYTES = """
            select sum(pg_total_relation_size(t)) from unnest(array[%s]) as t
            """;

    private final SegmentationBase base;
    private final SegmentationCalls calls;

    SegmentBench(RunningSystem system, SegmentationBase base) {
        this.base = base;
        this.calls = new SegmentationCalls(
                system.endpoints().service("segmentation"), system.credentials().internalKey());
    }

    /** @param progress hears figures as they come: the whole takes minutes */
    Measurement run(Connection database, Visibility visibility, Progress progress) throws SQLException {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("customers", base.customers());
        more.put("orders", base.orders());
        more.put("events", base.events());
        double ours = 0;
        double theirs = 0;
        try (Statement sql = database.createStatement()) {
            typed(more);
            progress.note("previewP95Ms " + more.get("previewP95Ms"));
            Map<String, String> each = new LinkedHashMap<>();
            for (RuleOfBench rule : RuleOfBench.values()) {
                double[] exact = new double[EXACT];
                double[] byHand = new double[EXACT];
                long found = 0;
                for (int i = 0; i < EXACT; i++) {
                    long began = System.nanoTime();
                    found = preview(rule, true).path("count").asLong();
                    exact[i] = RfmBench.seconds(began);
                    began = System.nanoTime();
                    long expected = number(sql, "select count(*) from (" + rule.sql() + ") x");
                    byHand[i] = RfmBench.seconds(began);
                    if (Math.abs(expected - found) > 5 + found / 1000) {
                        throw new Trouble(rule + " finds " + found + " customers, SQL by hand " + expected);
                    }
                }
                ours += RfmBench.median(exact);
                theirs += RfmBench.median(byHand);
                each.put(
                        rule.name(),
                        "%d customers, exact %.0f ms, by hand %.0f ms"
                                .formatted(found, 1000 * RfmBench.median(exact), 1000 * RfmBench.median(byHand)));
            }
            more.put("previews", each);
            progress.note("previews " + each);
            more.put("exactPreviewsSeconds", ours);
            more.put("exactPreviewsReferenceSeconds", theirs);
            more.put("exactPreviewsRatio", Math.round(1000 * theirs / ours) / 1000.0);
            bytes(sql, more);
            rebuild(sql, more);
            progress.note("rebuildSeconds %s, by hand %s"
                    .formatted(more.get("rebuildSeconds"), more.get("rebuildReferenceSeconds")));
            more.putAll(visibility.measure(calls, sql));
        }
        double rebuilt = ((Number) more.getOrDefault("rebuildSeconds", 0)).doubleValue();
        double byHand = ((Number) more.getOrDefault("rebuildReferenceSeconds", 0)).doubleValue();
        return Measurement.of(
                "segment",
                "customers/s, previews and rebuild",
                base.customers() / (ours + rebuilt),
                base.customers() / (theirs + byHand),
                "hand-written SQL on the same tables, one select a rule and one insert for the segment",
                more);
    }

    private JsonNode preview(RuleOfBench rule, boolean exact) {
        return calls.post("/api/v1/segment-previews", "{\"exact\":" + exact + ",\"rule\":" + rule.json() + "}");
    }

    /** Rules in turn, as several people would ask. */
    private void typed(Map<String, Object> more) {
        RuleOfBench[] rules = RuleOfBench.values();
        double[] millis = new double[PREVIEWS * rules.length];
        for (int i = -rules.length; i < millis.length; i++) {
            long began = System.nanoTime();
            preview(rules[Math.floorMod(i, rules.length)], false);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
        }
        for (int rule = 0; rule < rules.length; rule++) {
            double[] own = new double[PREVIEWS];
            for (int i = 0; i < PREVIEWS; i++) {
                own[i] = millis[i * rules.length + rule];
            }
            more.put("previewMedianMs " + rules[rule], Math.round(RfmBench.median(own)));
        }
        Arrays.sort(millis);
        more.put("previewP50Ms", Math.round(millis[millis.length / 2]));
        more.put("previewP95Ms", Math.round(millis[millis.length * 95 / 100]));
    }

    private void rebuild(Statement sql, Map<String, Object> more) throws SQLException {
        long began = System.nanoTime();
        JsonNode segment =
                calls.post("/api/v1/segments", "{\"name\":\"bench " + began + "\",\"rule\":" + LOOK_BACK_RULE + "}");
        more.put("rebuildSeconds", RfmBench.seconds(began));
        more.put("rebuildCustomers", segment.path("customers").asLong());
        calls.delete("/api/v1/segments/" + segment.path("id").asText() + "?evenIfUsed=true");
        sql.execute("create table reference_member (like segment_member including all)");
        began = System.nanoTime();
        int inserted = sql.executeUpdate(LOOK_BACK_SQL);
        more.put("rebuildReferenceSeconds", RfmBench.seconds(began));
        sql.execute("drop table reference_member");
        if (Math.abs(inserted - segment.path("customers").asLong()) > 5 + inserted / 1000) {
            throw new Trouble("The segment has other members than SQL by hand: " + segment + ", " + inserted);
        }
    }

    private void bytes(Statement sql, Map<String, Object> more) throws SQLException {
        more.put(
                "bytesPerCustomer",
                number(sql, BYTES.formatted("'customer_fact', 'customer_metric', 'customer_engagement'"))
                        / base.customers());
        more.put("bytesPerOrder", number(sql, BYTES.formatted("'order_fact'")) / base.orders());
        more.put(
                "bytesPerOrderLine",
                number(sql, BYTES.formatted("'order_line_fact'"))
                        / Math.max(1, number(sql, "select count(*) from order_line_fact")));
        more.put("bytesPerEvent", number(sql, BYTES.formatted("'event_fact'")) / base.events());
    }

    private static long number(Statement sql, String query) throws SQLException {
        try (ResultSet rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
