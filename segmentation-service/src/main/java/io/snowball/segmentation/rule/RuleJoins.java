package io.snowball.segmentation.rule;

import io.snowball.segmentation.Binds;
import io.snowball.segmentation.rule.Window.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a rule reads beside the metrics: left joins, once each, so that the planner can hash and spill them; as {@code in (select …)}
 * under an {@code or} they would be sub-plans that are scanned per customer once they outgrow {@code work_mem}. Every method answers
 * the alias of a join. What nobody can match without is an inner join; where all customers are asked about and nothing of the metrics
 * is looked at, the first of those takes the place of the table of metrics.
 */
final class RuleJoins {
    /** Lines of more customers than this are found sooner by the product: by customer 69 ms became 810. */
    private static final int BY_CUSTOMER_MAX = 5000;

    private final UUID @Nullable [] among;
    private final Binds binds;
    private final Map<Object, Join> joins = new LinkedHashMap<>();
    private boolean metrics;

    RuleJoins(UUID @Nullable [] among, Binds binds) {
        this.among = among;
        this.binds = binds;
    }

    /** What is joined: a table with a row of nearly everybody, a select of the facts of few, or one for each customer anew. */
    private enum Kind {
        TABLE,
        FACTS,
        EACH
    }

    /** Something to join, with one row a customer at most. {@code {base}} in it stands for whatever the customers come from. */
    private static final class Join {
        final Kind kind;
        final String alias;
        final String source;
        final String on;
        boolean required;
        String having = "";

        Join(Kind kind, String alias, String source, String on) {
            this.kind = kind;
            this.alias = alias;
            this.source = source;
            this.on = on;
        }

        String source() {
            return source.replace("{having}", having.isEmpty() ? "" : "having " + having);
        }
    }

    /** Which lines of orders; what fits any of the lists. */
    record Lines(
            @Nullable List<String> skus,
            @Nullable List<String> categories,
            @Nullable List<String> relatedTo,
            Span span) {}

    /** Which messages, and only the newest so many of them. */
    record Messages(@Nullable String channel, @Nullable Integer last, Span span) {}

    /** What customers did. */
    record Events(List<String> types, @Nullable List<PropertyCondition> where, Span span) {}

    /** Who has no row in this join can't match: customers without one are left out by it. */
    void require(String alias) {
        named(alias).required = true;
    }

    /** As {@link #require}, and of the rows only those that this holds of, said of the facts that a row is made of; empty for all. */
    void require(String alias, String having) {
        Join join = named(alias);
        join.required = true;
        join.having += join.having.isEmpty() || having.isEmpty() ? having : " and " + having;
    }

    private Join named(String alias) {
        return joins.values().stream()
                .filter(join -> join.alias.equals(alias))
                .findFirst()
                .orElseThrow();
    }

    /** The condition looks at the metrics, as {@code m}. */
    void useMetrics() {
        metrics = true;
    }

    /** Whether the customers can come from facts that few of them have, so that something may be looked up for each. */
    private boolean hasFewCustomers() {
        return among == null && joins.values().stream().anyMatch(join -> join.required && join.kind == Kind.FACTS);
    }

    /** @param condition may name the metrics only after {@link #useMetrics} */
    String select(String condition) {
        Join base = among != null || metrics
                ? null
                : joins.values().stream()
                        .filter(join -> join.required && join.kind != Kind.EACH && join.on.isEmpty())
                        .findFirst()
                        .orElse(null);
        StringBuilder sql = new StringBuilder("select {base}.customer_id\nfrom ");
        sql.append(base == null ? "customer_metric m" : base.source() + " " + base.alias)
                .append('\n');
        for (Join join : joins.values()) {
            if (join != base) {
                sql.append(join.required ? "join " : "left join ")
                        .append(join.source())
                        .append(' ')
                        .append(join.alias);
                sql.append(" on ")
                        .append(join.kind == Kind.EACH ? "true" : join.alias + ".customer_id = {base}.customer_id");
                sql.append(join.on).append('\n');
            }
        }
        sql.append("where ");
        if (among != null) {
            sql.append("{base}.customer_id = any(").append(binds.bind(among)).append(") and ");
        }
        sql.append(condition);
        if (base != null) {
            // Metrics have those whom a segment may find: of others there may be facts, but few.
            sql.append(" and not exists (select from unplaced_customer u where u.customer_id = {base}.customer_id)");
        }
        return sql.toString().replace("{base}", base == null ? "m" : base.alias);
    }

    String orders(Span span) {
        return joined(Kind.FACTS, span, "w", """
                (
                  select o.customer_id, count(*) as n, sum(o.amount) as amount
                  from order_fact o
                  where o.counts and %s%s
                  group by o.customer_id {having})""", () -> List.of(within("o.ordered_at", span), scope("o")));
    }

    String lines(Lines lines) {
        return joined(
                Kind.FACTS,
                lines,
                "l",
                """
                (
                  select l.customer_id, count(distinct l.order_id) as n, sum(l.amount) as amount, sum(l.quantity) as quantity
                  from order_line_fact l
                  where (%s) and %s%s
                  group by l.customer_id {having})""",
                () -> List.of(
                        products(lines),
                        within("l.ordered_at", lines.span()),
                        among != null && among.length > BY_CUSTOMER_MAX ? "" : scope("l")));
    }

    private String products(Lines lines) {
        List<String> fitting = new ArrayList<>();
        if (lines.skus() != null) {
            fitting.add("l.sku = any(" + bind(lines.skus()) + ")");
        }
        if (lines.categories() != null) {
            fitting.add("l.category = any(" + bind(lines.categories()) + ")");
        }
        if (lines.relatedTo() != null) {
            fitting.add(
                    "l.sku = any(%1$s) or l.category = any(array(select r.category from product_category r where r.sku = any(%1$s)))"
                            .formatted(bind(lines.relatedTo())));
        }
        return String.join(" or ", fitting);
    }

    String messages(Messages messages) {
        // The newest few of few customers are found one by one; of all customers they are numbered in one pass.
        boolean each = messages.last() != null && hasFewCustomers();
        // All of them are places from 1 to infinity: numbered only where the rule looks at the last few.
        String place = messages.last() == null || each
                ? "1"
                : "row_number() over (partition by f.customer_id order by f.sent_at desc, f.message_id desc)";
        String template = each ? """
                lateral (
                  select count(*) as sent, count(n.opened_at) as opened, count(n.clicked_at) as clicked
                  from (
                    select f.opened_at, f.clicked_at, %s as place
                    from message_fact f
                    where not f.bounced and %s and %s and f.customer_id = {base}.customer_id%s
                    order by f.sent_at desc, f.message_id desc
                    limit %s) n)""" : """
                (
                  select n.customer_id, count(*) as sent, count(n.opened_at) as opened, count(n.clicked_at) as clicked
                  from (
                    select f.customer_id, f.opened_at, f.clicked_at, %s as place
                    from message_fact f
                    where not f.bounced and %s and %s%s) n
                  where n.place <= %s
                  group by n.customer_id {having})""";
        return joined(
                each ? Kind.EACH : Kind.FACTS,
                messages,
                "g",
                template,
                () -> List.of(
                        place,
                        messages.channel() == null ? "true" : "f.channel = " + binds.bind(messages.channel()),
                        within("f.sent_at", messages.span()),
                        scope("f"),
                        binds.bind(messages.last() == null ? 1 : messages.last())));
    }

    String events(Events events) {
        return joined(
                Kind.FACTS,
                events,
                "v",
                """
                (
                  select f.customer_id, count(*) as n
                  from event_fact f
                  where f.type_id = any(array(select t.id from event_type t where t.name = any(%s))) and %s%s%s
                  group by f.customer_id {having})""",
                () -> List.of(
                        bind(events.types()),
                        within("f.occurred_at", events.span()),
                        scope("f"),
                        new PropertyCompiler(binds, this::within).conditions(events.where())));
    }

    /** Never begun with: of whom there is a consent and no metrics nobody notes. */
    String legacyConsent(Rule.LegacyConsent rule) {
        return joined(
                Kind.FACTS,
                rule,
                "y",
                """
                (
                  select distinct t.customer_id
                  from legacy_consent t
                  where %s and %s and %s%s)""",
                () -> List.of(
                        equal("t.purpose", rule.purpose()),
                        equal("t.channel", rule.channel()),
                        equal("t.type", rule.consentType()),
                        scope("t")));
    }

    private String equal(String column, @Nullable String value) {
        return value == null ? "true" : column + " = " + binds.bind(value);
    }

    /** Nobody has metrics without it. */
    String fact() {
        String alias = table("customer_fact", "c");
        require(alias);
        return alias;
    }

    String engagement() {
        return table("customer_engagement", "e");
    }

    String feedback() {
        return table("customer_feedback", "k");
    }

    String favourite() {
        return table("customer_favourite", "f");
    }

    String prediction() {
        return table("customer_prediction", "p");
    }

    private String table(String name, String letter) {
        return joined(Kind.TABLE, name, letter, name, List::of);
    }

    String member(UUID segmentId) {
        return joins.computeIfAbsent(segmentId, _ -> {
                    String alias = "s" + joins.size();
                    return new Join(
                            Kind.TABLE,
                            alias,
                            "segment_member",
                            " and " + alias + ".segment_id = " + binds.bind(segmentId));
                })
                .alias;
    }

    /** True where the span does not bound. */
    String within(String column, Span span) {
        List<String> bounds = new ArrayList<>();
        if (span.from() != null) {
            bounds.add(column + " >= " + binds.bind(span.from()));
        }
        if (span.after() != null) {
            bounds.add(column + " > " + binds.bind(span.after()));
        }
        if (span.before() != null) {
            bounds.add(column + " < " + binds.bind(span.before()));
        }
        return bounds.isEmpty() ? "true" : "(" + String.join(" and ", bounds) + ")";
    }

    /** @param parts are asked for only once for equal keys, so that nothing is bound that no text names */
    private String joined(Kind kind, Object key, String letter, String template, Supplier<List<String>> parts) {
        return joins.computeIfAbsent(
                        key,
                        _ -> new Join(
                                kind,
                                letter + joins.size(),
                                template.formatted(parts.get().toArray()),
                                ""))
                .alias;
    }

    private String scope(String alias) {
        return among == null ? "" : " and " + alias + ".customer_id = any(" + binds.bind(among) + ")";
    }

    private String bind(List<String> values) {
        return binds.bind(values.toArray(String[]::new));
    }
}
