package io.snowball.segmentation.rule;

import io.snowball.segmentation.rfm.RfmSettings;
import io.snowball.segmentation.rfm.RfmTwin;
import io.snowball.segmentation.rule.RandomShop.Customer;
import io.snowball.segmentation.rule.RandomShop.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a rule says of one customer, customer by customer and order by order, as its description has it. */
record NaiveRule(Instant now, RfmSettings rfm, Map<UUID, Set<UUID>> membersOfSegments) {
    boolean matches(Rule rule, Customer c) {
        return switch (rule) {
            case Rule.All all -> all.rules().stream().allMatch(r -> matches(r, c));
            case Rule.AnyOf any -> any.rules().stream().anyMatch(r -> matches(r, c));
            case Rule.Not not -> !matches(not.rule(), c);
            case Rule.Attribute attribute -> attribute.in().contains(value(attribute.attribute(), c));
            case Rule.Registered r ->
                (r.from() == null || !c.registeredAt().isBefore(r.from()))
                        && (r.before() == null || c.registeredAt().isBefore(r.before()))
                        && (r.lastDays() == null || daysSince(c.registeredAt()) < r.lastDays());
            case Rule.Contact contact -> contact.kind() == Rule.ContactKind.EMAIL ? c.hasEmail() : c.hasPhone();
            case Rule.Metric metric -> metric(metric, counted(c));
            case Rule.Orders orders -> orders(orders, counted(c));
            case Rule.InRfmCell cell -> rfmCell(cell, counted(c));
            case Rule.InSegment segment ->
                membersOfSegments.getOrDefault(segment.segmentId(), Set.of()).contains(c.id());
        };
    }

    private static String value(Rule.AttributeName name, Customer c) {
        @Nullable
        String value = switch (name) {
            case SOURCE -> c.source();
            case SEX -> c.sex();
            case LANGUAGE -> c.language();
            case TIME_ZONE -> c.timeZone();
        };
        return String.valueOf(value);
    }

    private static List<Order> counted(Customer c) {
        return c.orders().stream()
                .filter(o -> !o.status().equals("CANCELLED") && !o.status().equals("RETURNED"))
                .toList();
    }

    private boolean metric(Rule.Metric rule, List<Order> orders) {
        @Nullable
        BigDecimal actual = switch (rule.metric()) {
            case ORDERS -> BigDecimal.valueOf(orders.size());
            case REVENUE -> sum(orders);
            case AVERAGE_BILL ->
                orders.isEmpty()
                        ? null
                        : sum(orders).divide(BigDecimal.valueOf(orders.size()), 2, RoundingMode.HALF_UP);
            case DAYS_SINCE_LAST_ORDER ->
                orders.stream()
                        .map(Order::at)
                        .max(Instant::compareTo)
                        .map(at -> BigDecimal.valueOf(daysSince(at)))
                        .orElse(null);
            case DAYS_SINCE_FIRST_ORDER ->
                orders.stream()
                        .map(Order::at)
                        .min(Instant::compareTo)
                        .map(at -> BigDecimal.valueOf(daysSince(at)))
                        .orElse(null);
        };
        return actual != null && compare(actual, rule.op(), rule.value());
    }

    private boolean orders(Rule.Orders rule, List<Order> orders) {
        List<Order> inside = orders.stream().filter(o -> inside(rule, o.at())).toList();
        BigDecimal actual =
                rule.aggregate() == Rule.OrdersAggregate.COUNT ? BigDecimal.valueOf(inside.size()) : sum(inside);
        return compare(actual, rule.op(), rule.value());
    }

    private boolean inside(Rule.Orders rule, Instant at) {
        if (rule.lastDays() != null) {
            return daysSince(at) < rule.lastDays();
        }
        if (rule.lastMonths() != null) {
            return at.isAfter(
                    now.atZone(ZoneOffset.UTC).minusMonths(rule.lastMonths()).toInstant());
        }
        return (rule.from() == null || !at.isBefore(rule.from()))
                && (rule.before() == null || at.isBefore(rule.before()));
    }

    private boolean rfmCell(Rule.InRfmCell rule, List<Order> orders) {
        if (orders.isEmpty()) {
            return false;
        }
        List<Instant> times = orders.stream().map(Order::at).sorted().toList();
        return rule.in()
                .contains(RfmTwin.cellOf(
                        rfm,
                        now,
                        orders.size(),
                        sum(orders).movePointRight(2).longValueExact(),
                        times.getFirst(),
                        times.getLast()));
    }

    private long daysSince(Instant at) {
        return Math.max(0, Duration.between(at, now).toDays());
    }

    private static BigDecimal sum(List<Order> orders) {
        return BigDecimal.valueOf(orders.stream().mapToLong(Order::kopecks).sum(), 2);
    }

    private static boolean compare(BigDecimal actual, Comparison op, BigDecimal value) {
        int order = actual.compareTo(value);
        return switch (op) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case GREATER -> order > 0;
        };
    }
}
