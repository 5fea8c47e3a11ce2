package io.snowball.segmentation.rule;

import java.math.BigDecimal;

/** What must be known of a customer for a rule to match: where it is known of few, it is there that the search begins. */
final class RuleNeeds {
    private RuleNeeds() {}

    /** Whether nobody can match without facts of a kind that few customers have. */
    static boolean needsFacts(Rule rule) {
        return switch (rule) {
            case Rule.All all -> all.rules().stream().anyMatch(RuleNeeds::needsFacts);
            case Rule.AnyOf any -> any.rules().stream().allMatch(RuleNeeds::needsFacts);
            case Rule.Orders orders -> !matchesNone(orders.op(), orders.value());
            case Rule.Products products -> !matchesNone(products.op(), products.value());
            case Rule.Messages messages -> !matchesNone(messages.op(), messages.value());
            case Rule.Events events -> !matchesNone(events.op(), events.value());
            case Rule.Not _, Rule.Attribute _, Rule.CustomAttribute _, Rule.BirthYear _, Rule.Registered _ -> false;
            case Rule.Contact _,
                    Rule.LegacyConsent _,
                    Rule.Metric _,
                    Rule.Favourite _,
                    Rule.Predicted _,
                    Rule.InCluster _ -> false;
            case Rule.InRfmCell _, Rule.InSegment _, Rule.Listed _ -> false;
        };
    }

    /** Of who was never written to these percentages are not known, and the number is none. */
    static boolean isOfMessages(Rule.Metric rule) {
        return switch (rule.metric()) {
            case UNANSWERED_MESSAGES -> !matchesNone(rule.op(), rule.value());
            case OPENED_PERCENT, CLICKED_PERCENT -> true;
            default -> false;
        };
    }

    /** Whether it holds of who has no fact at all. */
    static boolean matchesNone(Comparison op, BigDecimal value) {
        return switch (op) {
            case LESS, NOT_EQUAL -> value.signum() > 0;
            case LESS_OR_EQUAL -> true;
            case EQUAL, GREATER_OR_EQUAL -> value.signum() == 0;
            case GREATER -> false;
        };
    }

    /** Whether it holds of whoever has one. */
    static boolean atLeastOne(Comparison op, BigDecimal value) {
        return op == Comparison.GREATER
                ? value.signum() == 0
                : op == Comparison.GREATER_OR_EQUAL && value.compareTo(BigDecimal.ONE) == 0;
    }
}
