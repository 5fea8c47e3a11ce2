package io.snowball.segmentation.rule;

import io.snowball.platform.problem.ProblemException;
import io.snowball.segmentation.cluster.ClusterLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits of a rule. Says all that is wrong, each with a JSON pointer; stops where the tree itself is too big. */
public final class RuleCheck {
    static final int DEPTH_MAX = 20;
    static final int NODES_MAX = 200;
    private static final int LAST_MAX = 100;

    private final FieldChecks fields = new FieldChecks();
    private int nodes;

    private RuleCheck() {}

    /** @param pointer where the rule is in the request, such as {@code /rule} */
    public static void check(@Nullable Rule rule, String pointer) {
        RuleCheck check = new RuleCheck();
        check.node(rule, pointer, 1);
        if (!check.fields.errors().isEmpty()) {
            throw ProblemException.invalidFields(check.fields.errors());
        }
    }

    private void node(@Nullable Rule rule, String pointer, int depth) {
        if (rule == null) {
            fields.error(pointer, "required", "is missing");
            return;
        }
        if (depth > DEPTH_MAX) {
            throw tooBig(pointer, "too-deep", "The rule is nested more than " + DEPTH_MAX + " deep: use fewer levels");
        }
        countNode(pointer);
        switch (rule) {
            case Rule.All all -> nodes(all.rules(), pointer + "/rules", depth);
            case Rule.AnyOf any -> nodes(any.rules(), pointer + "/rules", depth);
            case Rule.Not not -> node(not.rule(), pointer + "/rule", depth + 1);
            case Rule.Attribute attribute -> attribute(attribute, pointer);
            case Rule.CustomAttribute attribute -> {
                if (fields.required(attribute.is(), pointer + "/is")) {
                    fields.property(attribute.is(), pointer + "/is");
                }
            }
            case Rule.BirthYear born -> born(born, pointer);
            case Rule.Registered registered -> registered(registered, pointer);
            case Rule.Contact contact -> fields.required(contact.kind(), pointer + "/kind");
            case Rule.LegacyConsent consent -> {
                fields.optionalText(consent.purpose(), pointer + "/purpose");
                fields.optionalText(consent.channel(), pointer + "/channel");
                fields.optionalText(consent.consentType(), pointer + "/consentType");
            }
            case Rule.Metric metric -> metric(metric, pointer);
            case Rule.Favourite favourite -> favourite(favourite, pointer);
            case Rule.Predicted predicted -> predicted(predicted, pointer);
            case Rule.InCluster cluster -> cluster(cluster, pointer);
            case Rule.Orders orders -> orders(orders, pointer);
            case Rule.Products products -> products(products, pointer);
            case Rule.Messages messages -> messages(messages, pointer);
            case Rule.Events events -> events(events, pointer);
            case Rule.InRfmCell cell -> fields.values(cell.in(), pointer + "/in");
            case Rule.InSegment segment -> fields.required(segment.segmentId(), pointer + "/segmentId");
            case Rule.Listed _ -> fields.error(pointer, "list", "can only be the whole rule of a segment");
        }
    }

    private void countNode(String pointer) {
        if (++nodes > NODES_MAX) {
            throw tooBig(pointer, "too-many", "The rule has more than " + NODES_MAX + " conditions: use fewer");
        }
    }

    private void nodes(@Nullable List<Rule> rules, String pointer, int depth) {
        if (rules == null || rules.isEmpty()) {
            fields.error(pointer, "required", "must have at least one rule");
            return;
        }
        for (int i = 0; i < rules.size(); i++) {
            node(rules.get(i), pointer + "/" + i, depth + 1);
        }
    }

    private void attribute(Rule.Attribute rule, String pointer) {
        fields.required(rule.attribute(), pointer + "/attribute");
        fields.texts(rule.in(), pointer + "/in");
    }

    private void born(Rule.BirthYear rule, String pointer) {
        fields.required(rule.of(), pointer + "/of");
        if (rule.from() == null && rule.to() == null) {
            fields.error(pointer, "required", "must have from or to");
        }
        if (rule.from() != null && rule.to() != null && rule.from() > rule.to()) {
            fields.error(pointer + "/to", "out-of-order", "must not be before from");
        }
    }

    private void favourite(Rule.Favourite rule, String pointer) {
        fields.required(rule.kind(), pointer + "/kind");
        fields.texts(rule.in(), pointer + "/in");
    }

    private void registered(Rule.Registered rule, String pointer) {
        if (rule.from() == null && rule.before() == null && rule.lastDays() == null) {
            fields.error(pointer, "required", "must have from, before or lastDays");
        }
        fields.time(rule.from(), pointer + "/from");
        fields.time(rule.before(), pointer + "/before");
        fields.range(rule.lastDays(), FieldChecks.DAYS_MAX, pointer + "/lastDays");
    }

    private void metric(Rule.Metric rule, String pointer) {
        fields.required(rule.op(), pointer + "/op");
        if (fields.required(rule.metric(), pointer + "/metric") && fields.required(rule.value(), pointer + "/value")) {
            if (rule.metric().ofFeedback()) {
                fields.decimal(rule.value(), pointer + "/value");
            } else {
                fields.value(rule.value(), rule.metric().money(), pointer + "/value");
            }
        }
    }

    private void predicted(Rule.Predicted rule, String pointer) {
        fields.required(rule.op(), pointer + "/op");
        if (fields.required(rule.prediction(), pointer + "/prediction")
                && fields.required(rule.value(), pointer + "/value")) {
            if (rule.prediction().money()) {
                fields.value(rule.value(), true, pointer + "/value");
            } else {
                fields.decimal(rule.value(), pointer + "/value");
            }
        }
    }

    private void cluster(Rule.InCluster rule, String pointer) {
        if (rule.recency() == null && rule.frequency() == null && rule.bill() == null) {
            fields.error(pointer, "required", "must have recency, frequency or bill");
        }
        levels(rule.recency(), pointer + "/recency");
        levels(rule.frequency(), pointer + "/frequency");
        levels(rule.bill(), pointer + "/bill");
    }

    private void levels(@Nullable List<ClusterLevel> levels, String pointer) {
        if (levels != null) {
            fields.values(levels, pointer);
        }
    }

    private void orders(Rule.Orders rule, String pointer) {
        fields.required(rule.op(), pointer + "/op");
        if (fields.required(rule.aggregate(), pointer + "/aggregate")
                && fields.required(rule.value(), pointer + "/value")) {
            fields.value(rule.value(), rule.aggregate() == Rule.OrdersAggregate.SUM, pointer + "/value");
        }
        boolean shortForm =
                rule.lastDays() != null || rule.lastMonths() != null || rule.from() != null || rule.before() != null;
        if (rule.window() != null && shortForm) {
            fields.error(pointer, "one-window", "must have window or its short form, not both");
        }
        fields.window(rule.effective(), rule.window() == null ? pointer : pointer + "/window");
    }

    private void products(Rule.Products rule, String pointer) {
        fields.required(rule.op(), pointer + "/op");
        if (fields.required(rule.aggregate(), pointer + "/aggregate")
                && fields.required(rule.value(), pointer + "/value")) {
            fields.value(rule.value(), rule.aggregate() == Rule.ProductsAggregate.AMOUNT, pointer + "/value");
        }
        if (rule.skus() == null && rule.categories() == null && rule.relatedTo() == null) {
            fields.error(pointer, "required", "must have skus, categories or relatedTo");
        }
        fields.optionalTexts(rule.skus(), pointer + "/skus");
        fields.optionalTexts(rule.categories(), pointer + "/categories");
        fields.optionalTexts(rule.relatedTo(), pointer + "/relatedTo");
        if (rule.window() != null) {
            fields.window(rule.window(), pointer + "/window");
        }
    }

    private void messages(Rule.Messages rule, String pointer) {
        fields.required(rule.event(), pointer + "/event");
        fields.required(rule.op(), pointer + "/op");
        if (fields.required(rule.value(), pointer + "/value")) {
            fields.value(rule.value(), false, pointer + "/value");
        }
        fields.range(rule.last(), LAST_MAX, pointer + "/last");
        if (rule.channel() != null && !rule.channel().matches("[A-Z][A-Z_]{0,39}")) {
            fields.error(pointer + "/channel", "text", "must be a channel such as EMAIL");
        }
        if (rule.window() != null) {
            fields.window(rule.window(), pointer + "/window");
        }
    }

    private void events(Rule.Events rule, String pointer) {
        fields.texts(rule.types(), pointer + "/types");
        if (rule.where() != null && fields.values(rule.where(), pointer + "/where")) {
            for (int i = 0; i < rule.where().size(); i++) {
                countNode(pointer);
                fields.property(rule.where().get(i), pointer + "/where/" + i);
            }
        }
        fields.required(rule.op(), pointer + "/op");
        if (fields.required(rule.value(), pointer + "/value")) {
            fields.value(rule.value(), false, pointer + "/value");
        }
        if (rule.window() != null) {
            fields.window(rule.window(), pointer + "/window");
        }
    }

    private static ProblemException tooBig(String pointer, String code, String detail) {
        return ProblemException.invalidField(pointer, code, detail);
    }
}
