package io.snowball.segmentation.rule;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.snowball.segmentation.cluster.ClusterLevel;
import io.snowball.segmentation.rfm.RfmCell;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.DiscriminatorMapping;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to a segment. Written as JSON with the discriminator {@code type}. {@link RuleCheck} must have passed a rule before
 * anything else touches it: only then is what is not nullable here really there.
 */
@Schema(
        name = "Rule",
        description =
                "A tree of conditions, at most 20 deep and 200 in all. Days are whole elapsed days of 24 hours; an order "
                        + "dated ahead of the clock counts as made just now; cancelled and returned orders never count.",
        oneOf = {
            Rule.All.class,
            Rule.AnyOf.class,
            Rule.Not.class,
            Rule.Attribute.class,
            Rule.CustomAttribute.class,
            Rule.BirthYear.class,
            Rule.Registered.class,
            Rule.Contact.class,
            Rule.LegacyConsent.class,
            Rule.Metric.class,
            Rule.Favourite.class,
            Rule.Predicted.class,
            Rule.InCluster.class,
            Rule.Orders.class,
            Rule.Products.class,
            Rule.Messages.class,
            Rule.Events.class,
            Rule.InRfmCell.class,
            Rule.InSegment.class,
            Rule.Listed.class
        },
        discriminatorProperty = "type",
        discriminatorMapping = {
            @DiscriminatorMapping(value = "all", schema = Rule.All.class),
            @DiscriminatorMapping(value = "any", schema = Rule.AnyOf.class),
            @DiscriminatorMapping(value = "not", schema = Rule.Not.class),
            @DiscriminatorMapping(value = "attribute", schema = Rule.Attribute.class),
            @DiscriminatorMapping(value = "customAttribute", schema = Rule.CustomAttribute.class),
            @DiscriminatorMapping(value = "birthYear", schema = Rule.BirthYear.class),
            @DiscriminatorMapping(value = "registered", schema = Rule.Registered.class),
            @DiscriminatorMapping(value = "contact", schema = Rule.Contact.class),
            @DiscriminatorMapping(value = "legacyConsent", schema = Rule.LegacyConsent.class),
            @DiscriminatorMapping(value = "metric", schema = Rule.Metric.class),
            @DiscriminatorMapping(value = "favourite", schema = Rule.Favourite.class),
            @DiscriminatorMapping(value = "prediction", schema = Rule.Predicted.class),
            @DiscriminatorMapping(value = "cluster", schema = Rule.InCluster.class),
            @DiscriminatorMapping(value = "orders", schema = Rule.Orders.class),
            @DiscriminatorMapping(value = "products", schema = Rule.Products.class),
            @DiscriminatorMapping(value = "messages", schema = Rule.Messages.class),
            @DiscriminatorMapping(value = "events", schema = Rule.Events.class),
            @DiscriminatorMapping(value = "rfmCell", schema = Rule.InRfmCell.class),
            @DiscriminatorMapping(value = "segment", schema = Rule.InSegment.class),
            @DiscriminatorMapping(value = "list", schema = Rule.Listed.class)
        })
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "all", value = Rule.All.class),
    @JsonSubTypes.Type(name = "any", value = Rule.AnyOf.class),
    @JsonSubTypes.Type(name = "not", value = Rule.Not.class),
    @JsonSubTypes.Type(name = "attribute", value = Rule.Attribute.class),
    @JsonSubTypes.Type(name = "customAttribute", value = Rule.CustomAttribute.class),
    @JsonSubTypes.Type(name = "birthYear", value = Rule.BirthYear.class),
    @JsonSubTypes.Type(name = "registered", value = Rule.Registered.class),
    @JsonSubTypes.Type(name = "contact", value = Rule.Contact.class),
    @JsonSubTypes.Type(name = "legacyConsent", value = Rule.LegacyConsent.class),
    @JsonSubTypes.Type(name = "metric", value = Rule.Metric.class),
    @JsonSubTypes.Type(name = "favourite", value = Rule.Favourite.class),
    @JsonSubTypes.Type(name = "prediction", value = Rule.Predicted.class),
    @JsonSubTypes.Type(name = "cluster", value = Rule.InCluster.class),
    @JsonSubTypes.Type(name = "orders", value = Rule.Orders.class),
    @JsonSubTypes.Type(name = "products", value = Rule.Products.class),
    @JsonSubTypes.Type(name = "messages", value = Rule.Messages.class),
    @JsonSubTypes.Type(name = "events", value = Rule.Events.class),
    @JsonSubTypes.Type(name = "rfmCell", value = Rule.InRfmCell.class),
    @JsonSubTypes.Type(name = "segment", value = Rule.InSegment.class),
    @JsonSubTypes.Type(name = "list", value = Rule.Listed.class)
})
public sealed interface Rule {
    @Schema(
            name = "AllRule",
            description = "Every one of the rules holds",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "all"))
    @RegisterForReflection
    record All(@NotNull List<Rule> rules) implements Rule {}

    @Schema(
            name = "AnyRule",
            description = "At least one of the rules holds",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "any"))
    @RegisterForReflection
    record AnyOf(@NotNull List<Rule> rules) implements Rule {}

    @Schema(
            name = "NotRule",
            description = "The rule does not hold",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "not"))
    @RegisterForReflection
    record Not(@NotNull Rule rule) implements Rule {}

    @Schema(
            name = "AttributeRule",
            description = "The customer's attribute is one of these. It is none of them where it is not known.",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "attribute"))
    @RegisterForReflection
    record Attribute(
            @NotNull AttributeName attribute,

            @Schema(examples = "[\"website\"]") @NotNull List<String> in) implements Rule {}

    @Schema(name = "AttributeName")
    enum AttributeName {
        SOURCE,
        SEX,
        LANGUAGE,
        TIME_ZONE,
        REGION,
        PREFERRED_CHANNEL,
        UTM_SOURCE,
        UTM_MEDIUM,
        UTM_CAMPAIGN,
        DEVICE_TYPE,
        BROWSER,
        OS
    }

    @Schema(
            name = "CustomAttributeRule",
            description =
                    "An attribute that the company declares (attributes) is so; those declared as personal never come here. TEXT and "
                            + "CHOICE are CODE, DATE is TIME: a date is its midnight in UTC.",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "customAttribute"))
    @RegisterForReflection
    record CustomAttribute(@NotNull PropertyCondition is) implements Rule {}

    @Schema(
            name = "BirthYearRule",
            description =
                    "The year in which the customer, or any of their children, was born; at least one bound. Days and months of "
                            + "birth are known in customer-service only (G7).",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "birthYear"))
    @RegisterForReflection
    record BirthYear(
            @NotNull BornPerson of,

            @Schema(examples = "2018", description = "This year or later") @Nullable
            Integer from,

            @Schema(examples = "2022", description = "This year or earlier") @Nullable
            Integer to)
            implements Rule {}

    @Schema(name = "BornPerson")
    enum BornPerson {
        CUSTOMER,
        CHILD
    }

    @Schema(
            name = "RegisteredRule",
            description = "When the customer was registered. At least one bound; all that are given must hold.",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "registered"))
    @RegisterForReflection
    record Registered(
            @Schema(description = "At this time or after it") @Nullable
            Instant from,

            @Schema(description = "Before this time") @Nullable
            Instant before,

            @Schema(examples = "30", description = "Less than so many whole days ago") @Nullable
            Integer lastDays)
            implements Rule {}

    @Schema(
            name = "ContactRule",
            description = "The customer has an address of this kind. It says nothing of consent.",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "contact"))
    @RegisterForReflection
    record Contact(@NotNull ContactKind kind) implements Rule {}

    @Schema(name = "ContactKind")
    enum ContactKind {
        EMAIL,
        PHONE
    }

    @Schema(
            name = "HasLegacyConsentRule",
            description =
                    "A consent in force that the customer was asked for inside another document, before each had to stand apart "
                            + "(01.09.2025): whom to ask anew. Who agrees anew, withdraws, or whose consent ends leaves. It says "
                            + "nothing of whether a message may go.",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "legacyConsent"))
    @RegisterForReflection
    record LegacyConsent(
            @Schema(examples = "marketing", description = "Code of the purpose; absent: any") @Nullable
            String purpose,

            @Schema(examples = "EMAIL", description = "Absent: any") @Nullable
            String channel,

            @Schema(examples = "ADVERTISING", description = "Type of the consent; absent: any") @Nullable
            String consentType)
            implements Rule {}

    @Schema(
            name = "MetricRule",
            description =
                    "A metric of the customer compared with a value. Who never bought has 0 ORDERS and 0 REVENUE, who never "
                            + "returned anything 0 RETURNS and 0 RETURNED_AMOUNT, who was never written to 0 "
                            + "UNANSWERED_MESSAGES; where there is nothing to tell of a metric, it matches no comparison. "
                            + "AVERAGE_INTERVAL_DAYS is whole days, from two orders on; UNANSWERED_MESSAGES is how many were "
                            + "sent since the newest that was opened or clicked. REVENUE is also the realised CLTV (M7); "
                            + "LIFETIME_DAYS ends with the last order of who is lost by rfm-settings.atRiskDays (M6), whole "
                            + "days; OPENED_PERCENT and CLICKED_PERCENT are whole per cent of the messages received, cut off. "
                            + "NPS, CSAT, CES and CLI are the customer's last answer of the kind, as told (NPS 0 to 10; of CLI "
                            + "the mean of three marks): a promoter is NPS GREATER 8.",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "metric"))
    @RegisterForReflection
    record Metric(
            @NotNull MetricName metric,
            @NotNull Comparison op,

            @Schema(
                    examples = "3",
                    description =
                            "Whole; REVENUE, AVERAGE_BILL and RETURNED_AMOUNT may have two decimal places, CSAT, CES and CLI four")
            @NotNull
            BigDecimal value)
            implements Rule {}

    @Schema(name = "MetricName")
    enum MetricName {
        ORDERS,
        REVENUE,
        AVERAGE_BILL,
        DAYS_SINCE_LAST_ORDER,
        DAYS_SINCE_FIRST_ORDER,
        AVERAGE_INTERVAL_DAYS,
        LIFETIME_DAYS,
        RETURNS,
        RETURNED_AMOUNT,
        FAVOURITE_HOUR,
        UNANSWERED_MESSAGES,
        OPENED_PERCENT,
        CLICKED_PERCENT,
        NPS,
        CSAT,
        CES,
        CLI;

        boolean money() {
            return this == REVENUE || this == AVERAGE_BILL || this == RETURNED_AMOUNT;
        }

        boolean followsTheClock() {
            return this == DAYS_SINCE_LAST_ORDER || this == DAYS_SINCE_FIRST_ORDER || this == LIFETIME_DAYS;
        }

        boolean ofFeedback() {
            return this == NPS || this == CSAT || this == CES || this == CLI;
        }

        boolean ofMessages() {
            return this == UNANSWERED_MESSAGES || this == OPENED_PERCENT || this == CLICKED_PERCENT;
        }
    }

    @Schema(
            name = "FavouriteRule",
            description =
                    "What the customer likes most is one of these: the CATEGORY that is in most of their orders, of equals the one "
                            + "bought last; the CHANNEL of which they open the largest share. It is none of them where there is none.",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "favourite"))
    @RegisterForReflection
    record Favourite(
            @NotNull FavouriteKind kind,

            @Schema(examples = "[\"Обувь\"]") @NotNull List<String> in) implements Rule {}

    @Schema(name = "FavouriteKind")
    enum FavouriteKind {
        CATEGORY,
        CHANNEL
    }

    @Schema(
            name = "PredictionRule",
            description =
                    "What the newest prediction model foresaw of the customer, compared with a value. As of its last run (see "
                            + "prediction-models.asOf): it does not follow orders and the clock, and who enters and leaves does so after the "
                            + "next run. Who was not scored, having bought nothing by then, matches no comparison; nobody has a FORECAST where no "
                            + "model of spend could be fitted.",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "prediction"))
    @RegisterForReflection
    record Predicted(
            @NotNull PredictionName prediction,
            @NotNull Comparison op,

            @Schema(
                    examples = "80",
                    description = "FORECAST and POTENTIAL may have two decimal places, the others four")
            @NotNull
            BigDecimal value)
            implements Rule {}

    @Schema(
            name = "PredictionName",
            description =
                    "PROBABILITY_ALIVE_PERCENT: that the customer still is one; CHURN_PERCENT: 100 less that; EXPECTED_PURCHASES: days "
                            + "with orders within the model's horizon; FORECAST: the forecast CLV, money; POTENTIAL: CPV (M11), money")
    enum PredictionName {
        PROBABILITY_ALIVE_PERCENT,
        CHURN_PERCENT,
        EXPECTED_PURCHASES,
        FORECAST,
        POTENTIAL;

        boolean money() {
            return this == FORECAST || this == POTENTIAL;
        }
    }

    @Schema(
            name = "ClusterRule",
            description =
                    "The customer belonged, at the last run of the prediction model, to a cluster of this description; all that are "
                            + "given must hold, at least one is. Clusters are named by what they are like, for their numbers mean nothing from one "
                            + "run to the next: recency LOW bought lately, frequency HIGH bought often, bill HIGH has a high average bill.",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "cluster"))
    @RegisterForReflection
    record InCluster(
            @Nullable List<ClusterLevel> recency,
            @Nullable List<ClusterLevel> frequency,
            @Nullable List<ClusterLevel> bill)
            implements Rule {}

    @Schema(
            name = "OrdersRule",
            description =
                    "How many orders the customer made in a window, or for how much, compared with a value; 0 where there are "
                            + "none. Exactly one kind of window: window, or its short form lastDays, lastMonths, or from and before.",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "orders"))
    @RegisterForReflection
    record Orders(
            @NotNull OrdersAggregate aggregate,
            @NotNull Comparison op,

            @Schema(examples = "1", description = "Whole for COUNT; SUM may have two decimal places") @NotNull
            BigDecimal value,

            @Schema(examples = "30", description = "Ordered less than so many whole days ago") @Nullable
            Integer lastDays,

            @Schema(examples = "6", description = "Ordered less than so many calendar months ago, in UTC") @Nullable
            Integer lastMonths,

            @Schema(description = "Ordered at this time or after it") @Nullable
            Instant from,

            @Schema(description = "Ordered before this time") @Nullable
            Instant before,

            @Nullable Window window)
            implements Rule {
        Window effective() {
            return window == null ? new Window(null, lastDays, lastMonths, null, null, from, before, null) : window;
        }
    }

    @Schema(name = "OrdersAggregate")
    enum OrdersAggregate {
        COUNT,
        SUM
    }

    @Schema(
            name = "ProductsRule",
            description =
                    "How often, how many or for how much the customer bought certain products in a window, compared with a "
                            + "value; 0 where they did not. At least one of skus, categories and relatedTo; what fits any of them counts.",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "products"))
    @RegisterForReflection
    record Products(
            @NotNull ProductsAggregate aggregate,
            @NotNull Comparison op,

            @Schema(examples = "1", description = "Whole; AMOUNT may have two decimal places") @NotNull
            BigDecimal value,

            @Schema(examples = "[\"SHOE-42\"]") @Nullable List<String> skus,

            @Schema(examples = "[\"Обувь\"]") @Nullable List<String> categories,

            @Schema(
                    examples = "[\"SHOE-42\"]",
                    description = "SKUs: these products and all of a category in which one of them was ever sold")
            @Nullable
            List<String> relatedTo,

            @Schema(description = "By the time of the order; absent: ever") @Nullable
            Window window)
            implements Rule {
        Window effective() {
            return window == null ? Window.EVER : window;
        }
    }

    @Schema(name = "ProductsAggregate")
    enum ProductsAggregate {
        ORDERS,
        QUANTITY,
        AMOUNT
    }

    @Schema(
            name = "MessagesRule",
            description =
                    "How many messages were sent to the customer, or opened or clicked by them, compared with a value; 0 where "
                            + "there are none. Messages that bounced are left out. 'Opened the last five' is OPENED EQUAL 5 with last 5.",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "messages"))
    @RegisterForReflection
    record Messages(
            @NotNull MessageEvent event,
            @NotNull Comparison op,

            @Schema(examples = "5", description = "Whole") @NotNull
            BigDecimal value,

            @Schema(
                    examples = "5",
                    description = "Only the last so many of those sent in the window, by channel if it is given")
            @Nullable
            Integer last,

            @Schema(examples = "EMAIL", description = "Absent: all") @Nullable
            String channel,

            @Schema(description = "By the time of sending; absent: ever") @Nullable
            Window window)
            implements Rule {
        Window effective() {
            return window == null ? Window.EVER : window;
        }
    }

    @Schema(name = "MessageEvent", description = "A click counts as an open")
    enum MessageEvent {
        SENT,
        OPENED,
        CLICKED
    }

    @Schema(
            name = "EventsRule",
            description =
                    "How many events of these types, with these properties, the customer did in a window, compared with a "
                            + "value; 0 where there are none. Events that came before segmentation kept properties have none.",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "events"))
    @RegisterForReflection
    record Events(
            @Schema(examples = "[\"PRODUCT_VIEWED\"]", description = "Any of them counts") @NotNull
            List<String> types,

            @NotNull Comparison op,

            @Schema(examples = "3", description = "Whole") @NotNull
            BigDecimal value,

            @Schema(description = "All of these must hold for one and the same event; absent: any event counts")
            @Nullable
            List<PropertyCondition> where,

            @Schema(description = "By the time of the event; absent: ever") @Nullable
            Window window)
            implements Rule {
        Window effective() {
            return window == null ? Window.EVER : window;
        }
    }

    @Schema(
            name = "RfmCellRule",
            description = "The customer is in one of these cells of the RFM grid now",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "rfmCell"))
    @RegisterForReflection
    record InRfmCell(@NotNull List<RfmCell> in) implements Rule {}

    @Schema(
            name = "SegmentRule",
            description = "The customer is in this other segment. Segments can't go in a circle.",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "segment"))
    @RegisterForReflection
    record InSegment(@NotNull UUID segmentId) implements Rule {}

    @Schema(
            name = "ListRule",
            description =
                    "A list that people keep by hand (changeSegmentMembers), or a snapshot. Only as the whole rule of a segment.",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "list"))
    @RegisterForReflection
    record Listed() implements Rule {}

    /** What this rule is made of; empty for a condition. */
    default List<Rule> children() {
        return switch (this) {
            case All all -> all.rules();
            case AnyOf any -> any.rules();
            case Not not -> List.of(not.rule());
            case Attribute _, CustomAttribute _, BirthYear _, Registered _, Contact _, LegacyConsent _ -> List.of();
            case Metric _, Favourite _, Predicted _, InCluster _ -> List.of();
            case Orders _, Products _, Messages _, Events _, InRfmCell _, InSegment _, Listed _ -> List.of();
        };
    }

    /** Whether a customer can come to match, or cease to, by time alone. Segments that the rule names are not looked into. */
    default boolean followsTheClock() {
        return switch (this) {
            case Registered registered -> registered.lastDays() != null;
            case Metric metric -> metric.metric().followsTheClock();
            case Orders orders -> orders.effective().followsTheClock();
            case Products products -> products.effective().followsTheClock();
            case Messages messages -> messages.effective().followsTheClock();
            case Events events -> events.effective().followsTheClock();
            case InRfmCell _ -> true;
            case Attribute _, CustomAttribute _, BirthYear _, Contact _, LegacyConsent _, Favourite _ -> false;
            case Predicted _, InCluster _, InSegment _, Listed _ -> false;
            case All _, AnyOf _, Not _ -> children().stream().anyMatch(Rule::followsTheClock);
        };
    }

    /** Whether the one narrow table of metrics answers it: of a large base that takes milliseconds, all else longer. */
    default boolean readsMetricsOnly() {
        return switch (this) {
            case Orders _, Products _, Messages _, Events _ -> false;
            case Attribute _, CustomAttribute _, BirthYear _, Registered _, Contact _, LegacyConsent _, Favourite _ ->
                false;
            case Predicted _, InCluster _, InSegment _ -> false;
            case Metric metric ->
                !metric.metric().ofMessages() && !metric.metric().ofFeedback();
            case InRfmCell _, Listed _ -> true;
            case All _, AnyOf _, Not _ -> children().stream().allMatch(Rule::readsMetricsOnly);
        };
    }

    /** Whether news of messages can change who matches. Segments that the rule names are not looked into. */
    default boolean looksAtMessages() {
        return this instanceof Messages
                || (this instanceof Metric metric && metric.metric().ofMessages())
                || (this instanceof Favourite favourite && favourite.kind() == FavouriteKind.CHANNEL)
                || children().stream().anyMatch(Rule::looksAtMessages);
    }

    /** Whether a new run of predictions can change who matches. Segments that the rule names are not looked into. */
    default boolean looksAtPredictions() {
        return this instanceof Predicted
                || this instanceof InCluster
                || children().stream().anyMatch(Rule::looksAtPredictions);
    }

    /** Whether what customers say of the company can change who matches. Segments that the rule names are not looked into. */
    default boolean looksAtFeedback() {
        return (this instanceof Metric metric && metric.metric().ofFeedback())
                || children().stream().anyMatch(Rule::looksAtFeedback);
    }

    /** Whether what customers agree to can change who matches. Segments that the rule names are not looked into. */
    default boolean looksAtConsents() {
        return this instanceof LegacyConsent || children().stream().anyMatch(Rule::looksAtConsents);
    }

    /** Whether what customers do can change who matches. Segments that the rule names are not looked into. */
    default boolean looksAtEvents() {
        return this instanceof Events || children().stream().anyMatch(Rule::looksAtEvents);
    }

    /** The products whose relation to others the rule asks for: it changes when one of them is first sold in a category. */
    default Set<String> relatedSkus() {
        Set<String> skus = new LinkedHashSet<>();
        if (this instanceof Products products && products.relatedTo() != null) {
            skus.addAll(products.relatedTo());
        }
        children().forEach(child -> skus.addAll(child.relatedSkus()));
        return skus;
    }

    /** The other segments that the rule names. */
    default Set<UUID> namedSegments() {
        Set<UUID> named = new LinkedHashSet<>();
        if (this instanceof InSegment segment) {
            named.add(segment.segmentId());
        }
        children().forEach(child -> named.addAll(child.namedSegments()));
        return named;
    }
}
