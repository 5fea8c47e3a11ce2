package io.snowball.segmentation.rule;

import io.snowball.segmentation.Binds;
import io.snowball.segmentation.rule.Window.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a rule reads beside the metrics: left joins, once each, so that the planner can hash and spill them; as {@code in (select …)}
 * under an {@code or} they would be sub-plans that are scanned per customer once they outgrow {@code work_mem}. Every method answers
 * the alias of a join.
 */
final class RuleJoins {
    /** Lines of more customers than this are found sooner by the product: by customer 69 ms became 810. */
    private static final int BY_CUSTOMER_MAX = 5000;

    private final UUID @Nullable [] among;
    private final Binds binds;
    private final Map<Object, String> aliases = new LinkedHashMap<>();
    private final List<String> joins = new ArrayList<>();

    RuleJoins(UUID @Nullable [] among, Binds binds) {
        this.among = among;
        this.binds = binds;
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
        int place = new ArrayList<>(aliases.values()).indexOf(alias);
        joins.set(place, joins.get(place).replaceFirst("^left join", "join"));
    }

    String sql() {
        return String.join("", joins);
    }

    String orders(Span span) {
        return joined(span, "w", """
                left join (
                  select o.customer_id, count(*) as n, sum(o.amount) as amount
                  from order_fact o
                  where o.counts and %s%s
                  group by o.customer_id) %%1$s on %%1$s.customer_id = m.customer_id
                """, () -> List.of(within("o.ordered_at", span), scope("o")));
    }

    String lines(Lines lines) {
        return joined(
                lines,
                "l",
                """
                left join (
                  select l.customer_id, count(distinct l.order_id) as n, sum(l.amount) as amount, sum(l.quantity) as quantity
                  from order_line_fact l
                  where (%s) and %s%s
                  group by l.customer_id) %%1$s on %%1$s.customer_id = m.customer_id
                """,
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
        // All of them are places from 1 to infinity: numbered only where the rule looks at the last few.
        String place = messages.last() == null
                ? "1"
                : "row_number() over (partition by f.customer_id order by f.sent_at desc, f.message_id desc)";
        return joined(
                messages,
                "g",
                """
                left join (
                  select n.customer_id, count(*) as sent, count(n.opened_at) as opened, count(n.clicked_at) as clicked
                  from (
                    select f.customer_id, f.opened_at, f.clicked_at, %s as place
                    from message_fact f
                    where not f.bounced and %s and %s%s) n
                  where n.place <= %s
                  group by n.customer_id) %%1$s on %%1$s.customer_id = m.customer_id
                """,
                () -> List.of(
                        place,
                        messages.channel() == null ? "true" : "f.channel = " + binds.bind(messages.channel()),
                        within("f.sent_at", messages.span()),
                        scope("f"),
                        binds.bind(messages.last() == null ? 1 : messages.last())));
    }

    String events(Events events) {
        return joined(
                events,
                "v",
                """
                left join (
                  select f.customer_id, count(*) as n
                  from event_fact f
                  where f.type_id = any(array(select t.id from event_type t where t.name = any(%s))) and %s%s%s
                  group by f.customer_id) %%1$s on %%1$s.customer_id = m.customer_id
                """,
                () -> List.of(
                        bind(events.types()),
                        within("f.occurred_at", events.span()),
                        scope("f"),
                        new PropertyCompiler(binds, this::within).conditions(events.where())));
    }

    String fact() {
        return joined("fact", "c", "join customer_fact %%1$s on %%1$s.customer_id = m.customer_id\n", List::of);
    }

    String engagement() {
        return joined(
                "engagement",
                "e",
                "left join customer_engagement %%1$s on %%1$s.customer_id = m.customer_id\n",
                List::of);
    }

    String feedback() {
        return joined(
                "feedback", "k", "left join customer_feedback %%1$s on %%1$s.customer_id = m.customer_id\n", List::of);
    }

    String favourite() {
        return joined(
                "favourite",
                "f",
                "left join customer_favourite %%1$s on %%1$s.customer_id = m.customer_id\n",
                List::of);
    }

    String prediction() {
        return joined(
                "prediction",
                "p",
                "left join customer_prediction %%1$s on %%1$s.customer_id = m.customer_id\n",
                List::of);
    }

    String member(UUID segmentId) {
        return joined(
                segmentId,
                "s",
                "left join segment_member %%1$s on %%1$s.segment_id = %s and %%1$s.customer_id = m.customer_id\n",
                () -> List.of(binds.bind(segmentId)));
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
    private String joined(Object key, String letter, String template, java.util.function.Supplier<List<String>> parts) {
        return aliases.computeIfAbsent(key, _ -> {
            String alias = letter + joins.size();
            joins.add(template.formatted(parts.get().toArray()).formatted(alias));
            return alias;
        });
    }

    private String scope(String alias) {
        return among == null ? "" : " and " + alias + ".customer_id = any(" + binds.bind(among) + ")";
    }

    private String bind(List<String> values) {
        return binds.bind(values.toArray(String[]::new));
    }
}
