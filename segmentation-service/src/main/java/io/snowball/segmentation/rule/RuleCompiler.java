package io.snowball.segmentation.rule;

import io.snowball.platform.money.Money;
import io.snowball.segmentation.Binds;
import io.snowball.segmentation.rfm.RfmCase;
import io.snowball.segmentation.rfm.RfmCell;
import io.snowball.segmentation.rfm.RfmSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns a rule that {@link RuleCheck} has passed into one {@code select} of customer ids. Windows of orders and other segments are
 * left joins, once each, so that the planner can hash and spill them; as {@code in (select …)} under an {@code or} they would be
 * sub-plans that are scanned per customer once they outgrow {@code work_mem}.
 */
public final class RuleCompiler {
    private final Moment moment;
    private final UUID @Nullable [] among;
    private final Binds binds;
    private final Map<Object, String> aliases = new LinkedHashMap<>();
    private final List<String> joins = new ArrayList<>();

    private RuleCompiler(Moment moment, UUID @Nullable [] among, Binds binds) {
        this.moment = moment;
        this.among = among;
        this.binds = binds;
    }

    /** What a rule means depends on when it is asked, and on the thresholds of the grid then. */
    public record Moment(Instant now, RfmSettings rfm) {}

    private record Window(
            @Nullable Instant from,
            @Nullable Instant after,
            @Nullable Instant before) {}

    /**
     * @param among only these customers, or null for all
     * @return a select of one column, {@code customer_id}, without duplicates
     */
    public static String customers(Rule rule, Moment moment, UUID @Nullable [] among, Binds binds) {
        RuleCompiler compiler = new RuleCompiler(moment, among, binds);
        String condition = compiler.condition(rule);
        String scope = among == null ? "" : "m.customer_id = any(" + binds.bind(among) + ") and ";
        return "select m.customer_id\nfrom customer_metric m\n" + String.join("", compiler.joins) + "where " + scope
                + condition;
    }

    private String condition(Rule rule) {
        return switch (rule) {
            case Rule.All all -> joined(all.rules(), " and ");
            case Rule.AnyOf any -> joined(any.rules(), " or ");
            case Rule.Not not -> "(not " + condition(not.rule()) + ")";
            case Rule.Attribute attribute -> attribute(attribute);
            case Rule.Registered registered -> registered(registered);
            case Rule.Contact contact ->
                switch (contact.kind()) {
                    case EMAIL -> fact() + ".has_email";
                    case PHONE -> fact() + ".has_phone";
                };
            case Rule.Metric metric -> metric(metric);
            case Rule.Orders orders -> orders(orders);
            case Rule.InRfmCell cell ->
                "((" + RfmCase.cellOf(moment.rfm(), moment.now(), binds) + ") = any("
                        + binds.bind(cell.in().stream().map(RfmCell::name).toArray(String[]::new)) + ") is true)";
            case Rule.InSegment segment -> "(" + member(segment.segmentId()) + ".customer_id is not null)";
        };
    }

    private String joined(List<Rule> rules, String operator) {
        return rules.stream().map(this::condition).collect(Collectors.joining(operator, "(", ")"));
    }

    private String attribute(Rule.Attribute rule) {
        String column = switch (rule.attribute()) {
            case SOURCE -> "source";
            case SEX -> "sex";
            case LANGUAGE -> "language";
            case TIME_ZONE -> "time_zone";
        };
        return "(" + fact() + "." + column + " = any(" + binds.bind(rule.in().toArray(String[]::new)) + ") is true)";
    }

    private String registered(Rule.Registered rule) {
        Instant after = rule.lastDays() == null ? null : daysAgo(rule.lastDays());
        return within(fact() + ".registered_at", new Window(rule.from(), after, rule.before()));
    }

    private String metric(Rule.Metric rule) {
        return switch (rule.metric()) {
            case ORDERS -> compared("m.orders_count", rule.op(), rule.value().longValueExact());
            case REVENUE -> compared("m.revenue", rule.op(), kopecks(rule.value()));
            case AVERAGE_BILL -> ofBuyers(compared("m.average_bill", rule.op(), kopecks(rule.value())));
            case DAYS_SINCE_LAST_ORDER -> ofBuyers(days("m.last_order_at", rule));
            case DAYS_SINCE_FIRST_ORDER -> ofBuyers(days("m.first_order_at", rule));
        };
    }

    private static String ofBuyers(String condition) {
        return "(m.orders_count > 0 and " + condition + ")";
    }

    private String compared(String left, Comparison op, long value) {
        return "(" + left + " " + op.sql() + " " + binds.bind(value) + ")";
    }

    /** As a comparison of the column with a time, so that an index on it can serve. */
    private String days(String column, Rule.Metric rule) {
        long days = rule.value().longValueExact();
        return switch (rule.op()) {
            case LESS -> "(not " + atLeastDaysAgo(column, days) + ")";
            case LESS_OR_EQUAL -> "(not " + atLeastDaysAgo(column, days + 1) + ")";
            case EQUAL -> exactlyDaysAgo(column, days);
            case NOT_EQUAL -> "(not " + exactlyDaysAgo(column, days) + ")";
            case GREATER_OR_EQUAL -> atLeastDaysAgo(column, days);
            case GREATER -> atLeastDaysAgo(column, days + 1);
        };
    }

    private String exactlyDaysAgo(String column, long days) {
        return "(" + atLeastDaysAgo(column, days) + " and not " + atLeastDaysAgo(column, days + 1) + ")";
    }

    private String atLeastDaysAgo(String column, long days) {
        // Nothing is less than 0 days ago, also not what is dated ahead of the clock.
        return days == 0 ? "true" : "(" + column + " <= " + binds.bind(daysAgo(days)) + ")";
    }

    private Instant daysAgo(long days) {
        // Beyond what PostgreSQL's timestamps reach nothing was ordered.
        return moment.now().minus(Duration.ofDays(Math.min(days, 700_000)));
    }

    private String orders(Rule.Orders rule) {
        String window = window(window(rule));
        return switch (rule.aggregate()) {
            case COUNT ->
                compared(
                        "coalesce(" + window + ".n, 0)", rule.op(), rule.value().longValueExact());
            case SUM -> compared("coalesce(" + window + ".amount, 0)", rule.op(), kopecks(rule.value()));
        };
    }

    private Window window(Rule.Orders rule) {
        Instant after = null;
        if (rule.lastDays() != null) {
            after = daysAgo(rule.lastDays());
        } else if (rule.lastMonths() != null) {
            after = moment.now()
                    .atZone(ZoneOffset.UTC)
                    .minusMonths(rule.lastMonths())
                    .toInstant();
        }
        return new Window(rule.from(), after, rule.before());
    }

    private String window(Window window) {
        return aliases.computeIfAbsent(window, _ -> {
            String alias = "w" + joins.size();
            String scope = among == null ? "" : " and o.customer_id = any(" + binds.bind(among) + ")";
            joins.add("""
                    left join (
                      select o.customer_id, count(*) as n, sum(o.amount) as amount
                      from order_fact o
                      where o.counts and %s%s
                      group by o.customer_id) %s on %3$s.customer_id = m.customer_id
                    """.formatted(within("o.ordered_at", window), scope, alias));
            return alias;
        });
    }

    private String within(String column, Window window) {
        List<String> bounds = new ArrayList<>();
        if (window.from() != null) {
            bounds.add(column + " >= " + binds.bind(window.from()));
        }
        if (window.after() != null) {
            bounds.add(column + " > " + binds.bind(window.after()));
        }
        if (window.before() != null) {
            bounds.add(column + " < " + binds.bind(window.before()));
        }
        return "(" + String.join(" and ", bounds) + ")";
    }

    private String fact() {
        return aliases.computeIfAbsent("fact", _ -> {
            joins.add("join customer_fact c on c.customer_id = m.customer_id\n");
            return "c";
        });
    }

    private String member(UUID segmentId) {
        return aliases.computeIfAbsent(segmentId, _ -> {
            String alias = "s" + joins.size();
            joins.add("left join segment_member %s on %1$s.segment_id = %s and %1$s.customer_id = m.customer_id\n"
                    .formatted(alias, binds.bind(segmentId)));
            return alias;
        });
    }

    private static long kopecks(BigDecimal amount) {
        return Money.of(amount).kopecks();
    }
}
