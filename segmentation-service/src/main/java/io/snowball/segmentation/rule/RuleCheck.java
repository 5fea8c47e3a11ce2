package io.snowball.segmentation.rule;

import io.snowball.platform.money.Money;
import io.snowball.platform.problem.Problem;
import io.snowball.platform.problem.ProblemException;
import io.snowball.platform.time.TimeBounds;
import io.snowball.segmentation.cluster.ClusterLevel;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits of a rule. Says all that is wrong, each with a JSON pointer; stops where the tree itself is too big. */
public final class RuleCheck {
    static final int DEPTH_MAX = 20;
    static final int NODES_MAX = 200;
    private static final int VALUES_MAX = 100;
    private static final int TEXT_MAX = 200;
    private static final int HOURS_MAX = 8760;
    private static final int PERIODS_MAX = 366;
    private static final int LAST_MAX = 100;
    private static final int DAYS_MAX = 3650;
    private static final int MONTHS_MAX = 120;
    private static final long COUNT_MAX = 1_000_000_000;

    private final List<Problem.FieldError> errors = new ArrayList<>();
    private int nodes;

    private RuleCheck() {}

    /** @param pointer where the rule is in the request, such as {@code /rule} */
    public static void check(@Nullable Rule rule, String pointer) {
        RuleCheck check = new RuleCheck();
        check.node(rule, pointer, 1);
        if (!check.errors.isEmpty()) {
            throw ProblemException.invalidFields(check.errors);
        }
    }

    private void node(@Nullable Rule rule, String pointer, int depth) {
        if (rule == null) {
            error(pointer, "required", "is missing");
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
                if (required(attribute.is(), pointer + "/is")) {
                    property(attribute.is(), pointer + "/is");
                }
            }
            case Rule.BirthYear born -> born(born, pointer);
            case Rule.Registered registered -> registered(registered, pointer);
            case Rule.Contact contact -> required(contact.kind(), pointer + "/kind");
            case Rule.Metric metric -> metric(metric, pointer);
            case Rule.Favourite favourite -> favourite(favourite, pointer);
            case Rule.Predicted predicted -> predicted(predicted, pointer);
            case Rule.InCluster cluster -> cluster(cluster, pointer);
            case Rule.Orders orders -> orders(orders, pointer);
            case Rule.Products products -> products(products, pointer);
            case Rule.Messages messages -> messages(messages, pointer);
            case Rule.Events events -> events(events, pointer);
            case Rule.InRfmCell cell -> values(cell.in(), pointer + "/in");
            case Rule.InSegment segment -> required(segment.segmentId(), pointer + "/segmentId");
            case Rule.Listed _ -> error(pointer, "list", "can only be the whole rule of a segment");
        }
    }

    private void countNode(String pointer) {
        if (++nodes > NODES_MAX) {
            throw tooBig(pointer, "too-many", "The rule has more than " + NODES_MAX + " conditions: use fewer");
        }
    }

    private void nodes(@Nullable List<Rule> rules, String pointer, int depth) {
        if (rules == null || rules.isEmpty()) {
            error(pointer, "required", "must have at least one rule");
            return;
        }
        for (int i = 0; i < rules.size(); i++) {
            node(rules.get(i), pointer + "/" + i, depth + 1);
        }
    }

    private void attribute(Rule.Attribute rule, String pointer) {
        required(rule.attribute(), pointer + "/attribute");
        texts(rule.in(), pointer + "/in");
    }

    private void born(Rule.BirthYear rule, String pointer) {
        required(rule.of(), pointer + "/of");
        if (rule.from() == null && rule.to() == null) {
            error(pointer, "required", "must have from or to");
        }
        if (rule.from() != null && rule.to() != null && rule.from() > rule.to()) {
            error(pointer + "/to", "out-of-order", "must not be before from");
        }
    }

    private void favourite(Rule.Favourite rule, String pointer) {
        required(rule.kind(), pointer + "/kind");
        texts(rule.in(), pointer + "/in");
    }

    private void texts(@Nullable List<String> texts, String pointer) {
        if (values(texts, pointer) && texts != null) {
            for (int i = 0; i < texts.size(); i++) {
                text(texts.get(i), pointer + "/" + i);
            }
        }
    }

    private void text(String value, String pointer) {
        if (value.isEmpty() || value.length() > TEXT_MAX || value.indexOf('\0') >= 0) {
            error(pointer, "text", "must have 1 to " + TEXT_MAX + " characters and no NUL");
        }
    }

    private void registered(Rule.Registered rule, String pointer) {
        if (rule.from() == null && rule.before() == null && rule.lastDays() == null) {
            error(pointer, "required", "must have from, before or lastDays");
        }
        time(rule.from(), pointer + "/from");
        time(rule.before(), pointer + "/before");
        range(rule.lastDays(), DAYS_MAX, pointer + "/lastDays");
    }

    private void metric(Rule.Metric rule, String pointer) {
        required(rule.op(), pointer + "/op");
        if (required(rule.metric(), pointer + "/metric") && required(rule.value(), pointer + "/value")) {
            if (rule.metric().ofFeedback()) {
                decimal(rule.value(), pointer + "/value");
            } else {
                value(rule.value(), rule.metric().money(), pointer + "/value");
            }
        }
    }

    private void predicted(Rule.Predicted rule, String pointer) {
        required(rule.op(), pointer + "/op");
        if (required(rule.prediction(), pointer + "/prediction") && required(rule.value(), pointer + "/value")) {
            if (rule.prediction().money()) {
                value(rule.value(), true, pointer + "/value");
            } else {
                decimal(rule.value(), pointer + "/value");
            }
        }
    }

    private void cluster(Rule.InCluster rule, String pointer) {
        if (rule.recency() == null && rule.frequency() == null && rule.bill() == null) {
            error(pointer, "required", "must have recency, frequency or bill");
        }
        levels(rule.recency(), pointer + "/recency");
        levels(rule.frequency(), pointer + "/frequency");
        levels(rule.bill(), pointer + "/bill");
    }

    private void levels(@Nullable List<ClusterLevel> levels, String pointer) {
        if (levels != null) {
            values(levels, pointer);
        }
    }

    private void orders(Rule.Orders rule, String pointer) {
        required(rule.op(), pointer + "/op");
        if (required(rule.aggregate(), pointer + "/aggregate") && required(rule.value(), pointer + "/value")) {
            value(rule.value(), rule.aggregate() == Rule.OrdersAggregate.SUM, pointer + "/value");
        }
        boolean shortForm =
                rule.lastDays() != null || rule.lastMonths() != null || rule.from() != null || rule.before() != null;
        if (rule.window() != null && shortForm) {
            error(pointer, "one-window", "must have window or its short form, not both");
        }
        window(rule.effective(), rule.window() == null ? pointer : pointer + "/window");
    }

    private void products(Rule.Products rule, String pointer) {
        required(rule.op(), pointer + "/op");
        if (required(rule.aggregate(), pointer + "/aggregate") && required(rule.value(), pointer + "/value")) {
            value(rule.value(), rule.aggregate() == Rule.ProductsAggregate.AMOUNT, pointer + "/value");
        }
        if (rule.skus() == null && rule.categories() == null && rule.relatedTo() == null) {
            error(pointer, "required", "must have skus, categories or relatedTo");
        }
        optionalTexts(rule.skus(), pointer + "/skus");
        optionalTexts(rule.categories(), pointer + "/categories");
        optionalTexts(rule.relatedTo(), pointer + "/relatedTo");
        if (rule.window() != null) {
            window(rule.window(), pointer + "/window");
        }
    }

    private void optionalTexts(@Nullable List<String> texts, String pointer) {
        if (texts != null) {
            texts(texts, pointer);
        }
    }

    private void messages(Rule.Messages rule, String pointer) {
        required(rule.event(), pointer + "/event");
        required(rule.op(), pointer + "/op");
        if (required(rule.value(), pointer + "/value")) {
            value(rule.value(), false, pointer + "/value");
        }
        range(rule.last(), LAST_MAX, pointer + "/last");
        if (rule.channel() != null && !rule.channel().matches("[A-Z][A-Z_]{0,39}")) {
            error(pointer + "/channel", "text", "must be a channel such as EMAIL");
        }
        if (rule.window() != null) {
            window(rule.window(), pointer + "/window");
        }
    }

    private void events(Rule.Events rule, String pointer) {
        texts(rule.types(), pointer + "/types");
        if (rule.where() != null && values(rule.where(), pointer + "/where")) {
            for (int i = 0; i < rule.where().size(); i++) {
                countNode(pointer);
                property(rule.where().get(i), pointer + "/where/" + i);
            }
        }
        required(rule.op(), pointer + "/op");
        if (required(rule.value(), pointer + "/value")) {
            value(rule.value(), false, pointer + "/value");
        }
        if (rule.window() != null) {
            window(rule.window(), pointer + "/window");
        }
    }

    private void property(PropertyCondition condition, String pointer) {
        if (required(condition.property(), pointer + "/property")) {
            text(condition.property(), pointer + "/property");
        }
        switch (condition) {
            case PropertyCondition.Code code -> texts(code.in(), pointer + "/in");
            case PropertyCondition.Flag flag -> required(flag.is(), pointer + "/is");
            case PropertyCondition.Number number -> {
                required(number.op(), pointer + "/op");
                if (required(number.value(), pointer + "/value") && !hasDecentSize(number.value())) {
                    error(pointer + "/value", "number", "must have at most 15 digits before the point and 6 after it");
                }
            }
            case PropertyCondition.Time time -> {
                if (time.from() == null && time.before() == null) {
                    error(pointer, "required", "must have from or before");
                }
                time(time.from(), pointer + "/from");
                time(time.before(), pointer + "/before");
            }
        }
    }

    private static boolean hasDecentSize(BigDecimal value) {
        return value.precision() - (long) value.scale() <= 15
                && value.scale() <= 100
                && value.stripTrailingZeros().scale() <= 6;
    }

    private void window(Window window, String pointer) {
        if (window.kinds() != 1) {
            error(
                    pointer,
                    "one-window",
                    "must have exactly one of lastHours, lastDays, lastMonths, period, or from and before");
        }
        range(window.lastHours(), HOURS_MAX, pointer + "/lastHours");
        range(window.lastDays(), DAYS_MAX, pointer + "/lastDays");
        range(window.lastMonths(), MONTHS_MAX, pointer + "/lastMonths");
        if (window.periodsAgo() != null && (window.periodsAgo() < 0 || window.periodsAgo() > PERIODS_MAX)) {
            error(pointer + "/periodsAgo", "range", "must be between 0 and " + PERIODS_MAX);
        }
        if (window.timeZone() != null && !ZoneId.getAvailableZoneIds().contains(window.timeZone())) {
            error(pointer + "/timeZone", "time-zone", "must be a time zone such as Europe/Moscow");
        }
        time(window.from(), pointer + "/from");
        time(window.before(), pointer + "/before");
        if (window.from() != null && window.before() != null && !window.from().isBefore(window.before())) {
            error(pointer + "/before", "out-of-order", "must be after from");
        }
    }

    private void value(BigDecimal value, boolean money, String pointer) {
        if (value.signum() < 0) {
            error(pointer, "range", "must not be negative");
        } else if (money) {
            try {
                Money.of(value);
            } catch (IllegalArgumentException wrong) {
                error(pointer, "money", String.valueOf(wrong.getMessage()));
            }
        } else if (!isCount(value)) {
            error(pointer, "whole", "must be a whole number up to " + COUNT_MAX);
        }
    }

    private void decimal(BigDecimal value, String pointer) {
        if (value.signum() < 0 || !isDecimal(value)) {
            error(pointer, "decimal", "must not be negative, and have at most 15 digits, four of them decimal places");
        }
    }

    private static boolean isDecimal(BigDecimal value) {
        return value.precision() - (long) value.scale() <= 11
                && value.scale() <= 100
                && value.stripTrailingZeros().scale() <= 4;
    }

    /** The size is looked at before the number is expanded: 1e999999999 would otherwise fill the memory. */
    private static boolean isCount(BigDecimal value) {
        return value.precision() - (long) value.scale() <= 10
                && value.scale() <= 100
                && value.stripTrailingZeros().scale() <= 0
                && value.compareTo(BigDecimal.valueOf(COUNT_MAX)) <= 0;
    }

    private boolean values(@Nullable List<?> values, String pointer) {
        if (values == null || values.isEmpty() || values.size() > VALUES_MAX || values.contains(null)) {
            error(pointer, "values", "must have 1 to " + VALUES_MAX + " values, none of them null");
            return false;
        }
        return true;
    }

    private void time(@Nullable Instant at, String pointer) {
        if (at != null && !TimeBounds.hold(at)) {
            error(pointer, "range", "must be between the years 1900 and 2200");
        }
    }

    private void range(@Nullable Integer number, int max, String pointer) {
        if (number != null && (number < 1 || number > max)) {
            error(pointer, "range", "must be between 1 and " + max);
        }
    }

    private boolean required(@Nullable Object value, String pointer) {
        if (value == null) {
            error(pointer, "required", "is missing");
        }
        return value != null;
    }

    private void error(String pointer, String code, String detail) {
        errors.add(new Problem.FieldError(pointer, code, detail));
    }

    private static ProblemException tooBig(String pointer, String code, String detail) {
        return ProblemException.invalidField(pointer, code, detail);
    }
}
