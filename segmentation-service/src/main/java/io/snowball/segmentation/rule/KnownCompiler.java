package io.snowball.segmentation.rule;

import io.snowball.platform.money.Money;
import io.snowball.segmentation.Binds;
import io.snowball.segmentation.cluster.ClusterLevel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Conditions on what is kept of each customer beside the metrics: the profile, favourites, the last answers, predictions. */
final class KnownCompiler {
    private final Binds binds;
    private final RuleJoins joins;

    KnownCompiler(Binds binds, RuleJoins joins) {
        this.binds = binds;
        this.joins = joins;
    }

    String customAttribute(Rule.CustomAttribute rule) {
        return new PropertyCompiler(binds, joins::within)
                .condition("(" + joins.fact() + ".profile -> 'attributes')", rule.is());
    }

    String attribute(Rule.Attribute rule) {
        String column = switch (rule.attribute()) {
            case SOURCE -> "source";
            case SEX -> "sex";
            case LANGUAGE -> "language";
            case TIME_ZONE -> "time_zone";
            case REGION, PREFERRED_CHANNEL, UTM_SOURCE, UTM_MEDIUM, UTM_CAMPAIGN, DEVICE_TYPE, BROWSER, OS ->
                "profile ->> '" + rule.attribute().name() + "'";
        };
        return "((" + joins.fact() + "." + column + ") = any("
                + binds.bind(rule.in().toArray(String[]::new)) + ") is true)";
    }

    String born(Rule.BirthYear rule) {
        String c = joins.fact();
        return switch (rule.of()) {
            case CUSTOMER -> "((" + years("(" + c + ".profile ->> 'birthYear')::int", rule) + ") is true)";
            case CHILD ->
                "(exists (select from jsonb_array_elements_text(" + c
                        + ".profile -> 'childBirthYears') as y (year) where " + years("y.year::int", rule) + "))";
        };
    }

    private String years(String year, Rule.BirthYear rule) {
        String from = rule.from() == null ? "true" : year + " >= " + binds.bind((long) rule.from());
        return from + (rule.to() == null ? "" : " and " + year + " <= " + binds.bind((long) rule.to()));
    }

    String favourite(Rule.Favourite rule) {
        String column = switch (rule.kind()) {
            case CATEGORY -> joins.favourite() + ".category";
            case CHANNEL -> joins.engagement() + ".channel";
        };
        return "(" + column + " = any(" + binds.bind(rule.in().toArray(String[]::new)) + ") is true)";
    }

    /** In double precision, as it is stored: 0.3 per cent that a model foresaw is no decimal number. */
    String predicted(Rule.Predicted rule) {
        String p = joins.prediction();
        String compared = switch (rule.prediction()) {
            case PROBABILITY_ALIVE_PERCENT -> real(p + ".probability_alive * 100", rule);
            case CHURN_PERCENT -> real("(1 - " + p + ".probability_alive) * 100", rule);
            case EXPECTED_PURCHASES -> real(p + ".expected_purchases", rule);
            case FORECAST -> money(p + ".forecast", rule);
            case POTENTIAL -> money(p + ".potential", rule);
        };
        return "(" + compared + " is true)";
    }

    private String real(String left, Rule.Predicted rule) {
        return rule.op().of(left, binds.bind(rule.value().doubleValue()));
    }

    private String money(String left, Rule.Predicted rule) {
        return rule.op().of(left, binds.bind(Money.of(rule.value()).kopecks()));
    }

    String cluster(Rule.InCluster rule) {
        String p = joins.prediction();
        return Stream.of(
                        described(p + ".cluster_recency", rule.recency()),
                        described(p + ".cluster_frequency", rule.frequency()),
                        described(p + ".cluster_bill", rule.bill()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" and ", "((", ") is true)"));
    }

    private Optional<String> described(String column, @Nullable List<ClusterLevel> levels) {
        return Optional.ofNullable(levels)
                .map(in -> column + " = any("
                        + binds.bind(in.stream().map(ClusterLevel::name).toArray(String[]::new)) + ")");
    }

    String lastAnswer(String column, Rule.Metric rule) {
        return "(" + rule.op().of(joins.feedback() + "." + column, binds.bind(rule.value())) + " is true)";
    }
}
