package io.snowball.customer.loyalty;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.snowball.customer.CleanText;
import io.snowball.customer.FieldErrors;
import io.snowball.customer.loyalty.GiftApi.LoyaltyGift;
import io.snowball.platform.id.Ids;
import io.snowball.platform.money.Money;
import io.snowball.platform.problem.ProblemException;
import io.snowball.platform.time.TimeBounds;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Rules on the wire. */
final class RuleApi {
    private static final String CODE = "[A-Za-z0-9_-]{1,50}";
    private static final String EVENT_TYPE = "[a-z][a-z0-9_]{0,49}";
    private static final long MAX_POINTS = 1_000_000_000L;

    private RuleApi() {}

    @Schema(name = "CreateLoyaltyRule")
    record CreateLoyaltyRule(
            @Schema(examples = "5 % back") @NotNull @Size(max = 100)
            String name,

            @NotNull Trigger trigger,

            @Schema(
                    examples = "app_install",
                    description = "Of trigger EVENT: a declared type of event, such as app_install")
            @Nullable
            @Pattern(regexp = EVENT_TYPE)
            String eventType,

            @Schema(
                    description =
                            "PERCENT of what was paid, in points by what a point is worth; PER_ROUBLE: points for a rouble; FIXED: points; GIFT: no points but a gift, value 1. "
                                    + "Rounded down, once for an order. Only purchases can have PERCENT and PER_ROUBLE")
            @NotNull
            Award award,

            @Schema(
                    examples = "5",
                    description = "Per cent, points for a rouble, or points; of a referral for who invited",
                    minimum = "0.0001",
                    maximum = "1000000000")
            @NotNull
            @DecimalMin("0.0001")
            @DecimalMax("1000000000")
            BigDecimal value,

            @Schema(examples = "200", description = "Of a referral: points for who was invited")
            @Nullable
            @Min(0)
            @Max(MAX_POINTS)
            Long invitedPoints,

            @Schema(description = "Counts only products in these categories, or below them; all, if left out")
            @Nullable
            @Size(max = 100)
            List<@NotNull @Size(min = 1, max = 100) String> categories,

            @Schema(description = "Counts only for customers who were on one of these levels; all, if left out")
            @Nullable
            @Size(max = 20)
            List<@NotNull @Pattern(regexp = CODE) String> levels,

            @Schema(
                    examples = "5",
                    description = "Counts only for a customer's first purchases, as many; all, if left out")
            @Nullable
            @Min(1)
            @Max(1000)
            Integer firstPurchases,

            @Schema(examples = "1000.00", description = "Counts only if at least so much was paid") @Nullable
            Money minAmount,

            @Schema(examples = "365", description = "Days after which the points expire; never, if left out")
            @Nullable
            @Min(1)
            @Max(3650)
            Integer lifetimeDays,

            @Schema(examples = "5000", description = "So many points for one customer in all")
            @Nullable
            @Min(1)
            @Max(MAX_POINTS)
            Long maxPoints,

            @Schema(examples = "1", description = "So many times for one customer in all")
            @Nullable
            @Min(1)
            @Max(1_000_000)
            Integer maxTimes,

            @Schema(description = "Of award GIFT: what is given") @Nullable @Valid
            LoyaltyGift gift,

            @Schema(description = "What happens from then on; now, if left out") @Nullable
            Instant validFrom,

            @Schema(description = "What happens before; for ever, if left out") @Nullable
            Instant validTo) {

        /** Only what is told or changes from now on is looked at, so a rule for the past gives for what is told late. */
        Rule toRule(Instant now) {
            FieldErrors errors = new FieldErrors();
            String clean = errors.read("/name", () -> CleanText.required(name, 100));
            Instant from = errors.read("/validFrom", () -> time(validFrom == null ? now : validFrom));
            Instant to = errors.read("/validTo", () -> validTo == null ? null : time(validTo));
            errors.throwIfAny();
            if (clean == null || from == null) {
                throw new IllegalStateException("A refused field went through");
            }
            check(from, to);
            return new Rule(
                    Ids.next(),
                    clean,
                    trigger,
                    eventType,
                    award,
                    value,
                    invitedPoints,
                    categories == null ? List.of() : List.copyOf(categories),
                    levels == null ? List.of() : List.copyOf(levels),
                    firstPurchases,
                    minAmount == null ? null : minAmount.kopecks(),
                    lifetimeDays,
                    maxPoints,
                    maxTimes,
                    gift == null ? null : new Gift(gift.kind(), gift.code()),
                    from,
                    to);
        }

        private static Instant time(Instant at) {
            return TimeBounds.check(at).truncatedTo(ChronoUnit.MICROS);
        }

        private void check(Instant from, @Nullable Instant to) {
            boolean isPurchase = trigger == Trigger.PURCHASE;
            boolean limitsPurchase =
                    notEmpty(categories) || notEmpty(levels) || firstPurchases != null || minAmount != null;
            refuseIf(to != null && !from.isBefore(to), "/validTo", "must be after validFrom");
            refuseIf(
                    (trigger == Trigger.EVENT) == (eventType == null),
                    "/eventType",
                    "belongs to EVENT, and EVENT to it");
            refuseIf(invitedPoints != null && trigger != Trigger.REFERRAL, "/invitedPoints", "belongs to REFERRAL");
            refuseIf(
                    !isPurchase && award != Award.FIXED && award != Award.GIFT,
                    "/award",
                    "must be FIXED or GIFT for everything but purchases");
            checkGift();
            refuseIf(
                    !isPurchase && limitsPurchase,
                    "/trigger",
                    "categories, levels, firstPurchases and minAmount are of purchases");
            refuseIf(award == Award.FIXED && value.stripTrailingZeros().scale() > 0, "/value", "must be whole points");
            refuseIf(
                    award == Award.PERCENT && value.compareTo(BigDecimal.valueOf(100)) > 0,
                    "/value",
                    "must be at most 100");
            refuseIf(
                    award == Award.PER_ROUBLE && value.compareTo(BigDecimal.valueOf(1000)) > 0,
                    "/value",
                    "must be at most 1000");
            refuseIf(value.stripTrailingZeros().scale() > 4, "/value", "must have at most four decimal places");
            refuseIf(minAmount != null && minAmount.kopecks() < 0, "/minAmount", "must not be below zero");
        }

        private void checkGift() {
            boolean isGift = award == Award.GIFT;
            refuseIf(isGift == (gift == null), "/gift", "belongs to GIFT, and GIFT to it");
            refuseIf(isGift && value.compareTo(BigDecimal.valueOf(Gift.ONE)) != 0, "/value", "must be 1: one gift");
            refuseIf(isGift && maxPoints != null, "/maxPoints", "is of points: give maxTimes");
            refuseIf(isGift && lifetimeDays != null, "/lifetimeDays", "is of points");
            refuseIf(
                    isGift && invitedPoints != null && invitedPoints > Gift.ONE,
                    "/invitedPoints",
                    "must be at most 1: one gift");
        }

        private static boolean notEmpty(@Nullable List<String> list) {
            return list != null && !list.isEmpty();
        }

        private static void refuseIf(boolean wrong, String pointer, String why) {
            if (wrong) {
                throw ProblemException.invalidField(pointer, "invalid", why);
            }
        }
    }

    @RegisterForReflection
    @Schema(name = "LoyaltyRule", description = "Never changes; it can be ended")
    record LoyaltyRuleView(
            @NotNull UUID id,
            @Schema(examples = "5 % back") @NotNull String name,

            @NotNull Trigger trigger,
            @Nullable String eventType,
            @NotNull Award award,
            @Schema(examples = "5") @NotNull BigDecimal value,

            @Nullable Long invitedPoints,
            @NotNull List<String> categories,
            @NotNull List<String> levels,
            @Nullable Integer firstPurchases,
            @Nullable Money minAmount,
            @Nullable Integer lifetimeDays,
            @Nullable Long maxPoints,
            @Nullable Integer maxTimes,
            @Nullable LoyaltyGift gift,
            @NotNull Instant validFrom,
            @Nullable Instant validTo) {
        static LoyaltyRuleView of(Rule rule) {
            return new LoyaltyRuleView(
                    rule.id(),
                    rule.name(),
                    rule.trigger(),
                    rule.eventType(),
                    rule.award(),
                    rule.value(),
                    rule.invitedPoints(),
                    rule.categories(),
                    rule.levels(),
                    rule.firstPurchases(),
                    rule.minAmount() == null ? null : new Money(rule.minAmount()),
                    rule.lifetimeDays(),
                    rule.maxPoints(),
                    rule.maxTimes(),
                    LoyaltyGift.of(rule.gift()),
                    rule.validFrom(),
                    rule.validTo());
        }
    }

    @Schema(name = "LoyaltyRulePage")
    record LoyaltyRulePage(
            @NotNull List<LoyaltyRuleView> items, @Nullable String nextCursor) {}
}
