package io.snowball.segmentation.rule;

import io.snowball.platform.money.Money;
import io.snowball.segmentation.Binds;
import io.snowball.segmentation.rfm.RfmCase;
import io.snowball.segmentation.rfm.RfmCell;
import io.snowball.segmentation.rfm.RfmSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a rule that {@link RuleCheck} has passed into one {@code select} of customer ids. */
public final class RuleCompiler {
    // Null where there is one order, and never looked at there: SQL may divide before it compares.
    private static final String AVERAGE_INTERVAL_DAYS =
            "floor(extract(epoch from m.last_order_at - m.first_order_at) / 86400 / nullif(m.orders_count - 1, 0))";

    private final Moment moment;
    private final boolean everybody;
    private final Binds binds;
    private final RuleJoins joins;
    private final KnownCompiler known;
    /** What the joins see to: these very parts of the rule, without which nobody matches. */
    private final Set<Rule> said = Collections.newSetFromMap(new IdentityHashMap<>());

    private RuleCompiler(Moment moment, UUID @Nullable [] among, Binds binds) {
        this.moment = moment;
        this.everybody = among == null;
        this.binds = binds;
        this.joins = new RuleJoins(among, binds);
        this.known = new KnownCompiler(binds, joins);
    }

    /** What a rule means depends on when it is asked, and on the thresholds of the grid then. */
    public record Moment(Instant now, RfmSettings rfm) {}

    /**
     * @param among only these customers, or null for all
     * @return a select of one column, {@code customer_id}, without duplicates
     */
    public static String customers(Rule rule, Moment moment, UUID @Nullable [] among, Binds binds) {
        if (among == null && rule instanceof Rule.AnyOf any && RuleNeeds.needsFacts(any)) {
            // Each part from its own few customers: as one condition it would be asked about everybody.
            return any.rules().stream()
                    .map(part -> customers(part, moment, null, binds))
                    .collect(Collectors.joining("\nunion\n", "select customer_id from (", ") as some_of_them"));
        }
        RuleCompiler compiler = new RuleCompiler(moment, among, binds);
        compiler.require(rule);
        return compiler.joins.select(compiler.condition(rule));
    }

    /**
     * Finds what nobody can match without: joined by an inner join, it spares the planner a million customers who have no such fact.
     * What is said of sums and counts is said there too, and once is enough.
     */
    private void require(Rule rule) {
        switch (rule) {
            // Messages last where everybody is asked about: where others leave few, theirs are found one by one.
            case Rule.All all ->
                all.rules().stream()
                        .sorted(Comparator.comparing(part -> everybody && part instanceof Rule.Messages))
                        .forEach(this::require);
            case Rule.Orders orders
            when !RuleNeeds.matchesNone(orders.op(), orders.value()) ->
                require(
                        orders,
                        join(orders),
                        switch (orders.aggregate()) {
                            case COUNT ->
                                RuleNeeds.atLeastOne(orders.op(), orders.value())
                                        ? ""
                                        : count("count(*)", orders.op(), orders.value());
                            case SUM -> compared("sum(o.amount)", orders.op(), kopecks(orders.value()));
                        });
            case Rule.Products products
            when !RuleNeeds.matchesNone(products.op(), products.value()) ->
                require(
                        products,
                        join(products),
                        switch (products.aggregate()) {
                            case ORDERS ->
                                RuleNeeds.atLeastOne(products.op(), products.value())
                                        ? ""
                                        : count("count(distinct l.order_id)", products.op(), products.value());
                            case QUANTITY -> count("sum(l.quantity)", products.op(), products.value());
                            case AMOUNT -> compared("sum(l.amount)", products.op(), kopecks(products.value()));
                        });
            case Rule.Events events
            when !RuleNeeds.matchesNone(events.op(), events.value()) ->
                require(
                        events,
                        join(events),
                        RuleNeeds.atLeastOne(events.op(), events.value())
                                ? ""
                                : count("count(*)", events.op(), events.value()));
            case Rule.Messages messages
            when !RuleNeeds.matchesNone(messages.op(), messages.value()) -> joins.require(join(messages));
            case Rule.Metric metric when RuleNeeds.isOfMessages(metric) -> joins.require(joins.engagement());
            case Rule.Metric metric when metric.metric().ofFeedback() -> joins.require(joins.feedback());
            case Rule.Favourite favourite ->
                joins.require(favourite.kind() == Rule.FavouriteKind.CHANNEL ? joins.engagement() : joins.favourite());
            case Rule.Predicted _, Rule.InCluster _ -> joins.require(joins.prediction());
            case Rule.Orders _, Rule.Products _, Rule.Events _, Rule.Messages _ -> {}
            case Rule.AnyOf _, Rule.Not _, Rule.Attribute _, Rule.CustomAttribute _, Rule.BirthYear _ -> {}
            case Rule.Registered _, Rule.Contact _, Rule.LegacyConsent _, Rule.Metric _ -> {}
            case Rule.InRfmCell _, Rule.InSegment _, Rule.Listed _ -> {}
        }
    }

    private void require(Rule rule, String join, String having) {
        joins.require(join, having);
        said.add(rule);
    }

    private String join(Rule.Orders rule) {
        return joins.orders(rule.effective().at(moment.now()));
    }

    private String join(Rule.Products rule) {
        return joins.lines(new RuleJoins.Lines(
                rule.skus(),
                rule.categories(),
                rule.relatedTo(),
                rule.effective().at(moment.now())));
    }

    private String join(Rule.Messages rule) {
        return joins.messages(new RuleJoins.Messages(
                rule.channel(), rule.last(), rule.effective().at(moment.now())));
    }

    private String join(Rule.Events rule) {
        return joins.events(new RuleJoins.Events(
                rule.types(), rule.where(), rule.effective().at(moment.now())));
    }

    private String condition(Rule rule) {
        if (said.contains(rule)) {
            return "true";
        }
        return switch (rule) {
            case Rule.All all -> joined(all.rules(), " and ");
            case Rule.AnyOf any -> joined(any.rules(), " or ");
            case Rule.Not not -> "(not " + condition(not.rule()) + ")";
            case Rule.Attribute attribute -> known.attribute(attribute);
            case Rule.CustomAttribute attribute -> known.customAttribute(attribute);
            case Rule.BirthYear born -> known.born(born);
            case Rule.Registered registered -> registered(registered);
            case Rule.Contact contact ->
                switch (contact.kind()) {
                    case EMAIL -> joins.fact() + ".has_email";
                    case PHONE -> joins.fact() + ".has_phone";
                };
            case Rule.LegacyConsent consent -> "(" + joins.legacyConsent(consent) + ".customer_id is not null)";
            case Rule.Metric metric -> metric(metric);
            case Rule.Favourite favourite -> known.favourite(favourite);
            case Rule.Predicted predicted -> known.predicted(predicted);
            case Rule.InCluster cluster -> known.cluster(cluster);
            case Rule.Orders orders -> orders(orders);
            case Rule.Products products -> products(products);
            case Rule.Messages messages -> messages(messages);
            case Rule.Events events -> events(events);
            case Rule.InRfmCell cell -> {
                joins.useMetrics();
                yield "((" + RfmCase.cellOf(moment.rfm(), moment.now(), binds) + ") = any("
                        + binds.bind(cell.in().stream().map(RfmCell::name).toArray(String[]::new)) + ") is true)";
            }
            case Rule.InSegment segment -> "(" + joins.member(segment.segmentId()) + ".customer_id is not null)";
            // Who is on a list is not found by looking at them.
            case Rule.Listed _ -> "false";
        };
    }

    private String joined(List<Rule> rules, String operator) {
        return rules.stream().map(this::condition).collect(Collectors.joining(operator, "(", ")"));
    }

    private String registered(Rule.Registered rule) {
        Instant after = rule.lastDays() == null ? null : daysAgo(rule.lastDays());
        return joins.within(joins.fact() + ".registered_at", new Window.Span(rule.from(), after, rule.before()));
    }

    private String metric(Rule.Metric rule) {
        if (!rule.metric().ofMessages() && !rule.metric().ofFeedback()) {
            joins.useMetrics();
        }
        return switch (rule.metric()) {
            case ORDERS -> compared("m.orders_count", rule.op(), rule.value().longValueExact());
            case REVENUE -> compared("m.revenue", rule.op(), kopecks(rule.value()));
            case AVERAGE_BILL -> ofBuyers(compared("m.average_bill", rule.op(), kopecks(rule.value())));
            case DAYS_SINCE_LAST_ORDER -> ofBuyers(days("m.last_order_at", rule));
            case DAYS_SINCE_FIRST_ORDER -> ofBuyers(days("m.first_order_at", rule));
            case AVERAGE_INTERVAL_DAYS ->
                "(m.orders_count > 1 and "
                        + compared(
                                AVERAGE_INTERVAL_DAYS, rule.op(), rule.value().longValueExact()) + ")";
            case LIFETIME_DAYS ->
                ofBuyers(compared(lifetimeDays(), rule.op(), rule.value().longValueExact()));
            case RETURNS -> compared("m.returns_count", rule.op(), rule.value().longValueExact());
            case RETURNED_AMOUNT -> compared("m.returned_amount", rule.op(), kopecks(rule.value()));
            case FAVOURITE_HOUR ->
                ofBuyers(compared("m.favourite_hour", rule.op(), rule.value().longValueExact()));
            case UNANSWERED_MESSAGES ->
                compared(
                        "coalesce(" + joins.engagement() + ".unanswered, 0)",
                        rule.op(),
                        rule.value().longValueExact());
            case OPENED_PERCENT -> percentOfReceived("opened", rule);
            case CLICKED_PERCENT -> percentOfReceived("clicked", rule);
            case NPS -> known.lastAnswer("nps", rule);
            case CSAT -> known.lastAnswer("csat", rule);
            case CES -> known.lastAnswer("ces", rule);
            case CLI -> known.lastAnswer("cli", rule);
        };
    }

    /** By cases, for of who never bought infinity would be taken from infinity. */
    private String lifetimeDays() {
        return """
                case when m.orders_count = 0 then 0 else floor(extract(epoch from
                  case when m.last_order_at <= %s then m.last_order_at else greatest(m.first_order_at, %s) end
                  - m.first_order_at) / 86400) end""".formatted(binds.bind(daysAgo(moment.rfm().atRiskDays() + 1L)), binds.bind(moment.now()));
    }

    private String percentOfReceived(String column, Rule.Metric rule) {
        String e = joins.engagement();
        String percent = "%1$s.%2$s * 100::bigint / nullif(%1$s.sent, 0)".formatted(e, column);
        return "(coalesce(" + e + ".sent, 0) > 0 and "
                + compared(percent, rule.op(), rule.value().longValueExact()) + ")";
    }

    private static String ofBuyers(String condition) {
        return "(m.orders_count > 0 and " + condition + ")";
    }

    private String compared(String left, Comparison op, long value) {
        return op.of(left, binds.bind(value));
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
        return daysBefore(moment.now(), days);
    }

    static Instant daysBefore(Instant at, long days) {
        // Beyond what PostgreSQL's timestamps reach nothing was ordered.
        return at.minus(Duration.ofDays(Math.min(days, 700_000)));
    }

    private String orders(Rule.Orders rule) {
        String window = join(rule);
        return switch (rule.aggregate()) {
            case COUNT -> count(window + ".n", rule.op(), rule.value());
            case SUM -> compared("coalesce(" + window + ".amount, 0)", rule.op(), kopecks(rule.value()));
        };
    }

    private String products(Rule.Products rule) {
        String lines = join(rule);
        return switch (rule.aggregate()) {
            case ORDERS -> count(lines + ".n", rule.op(), rule.value());
            case QUANTITY -> count(lines + ".quantity", rule.op(), rule.value());
            case AMOUNT -> compared("coalesce(" + lines + ".amount, 0)", rule.op(), kopecks(rule.value()));
        };
    }

    private String messages(Rule.Messages rule) {
        String messages = join(rule);
        String column = switch (rule.event()) {
            case SENT -> ".sent";
            case OPENED -> ".opened";
            case CLICKED -> ".clicked";
        };
        return count(messages + column, rule.op(), rule.value());
    }

    private String events(Rule.Events rule) {
        return count(join(rule) + ".n", rule.op(), rule.value());
    }

    private String count(String column, Comparison op, BigDecimal value) {
        return compared("coalesce(" + column + ", 0)", op, value.longValueExact());
    }

    private static long kopecks(BigDecimal amount) {
        return Money.of(amount).kopecks();
    }
}
