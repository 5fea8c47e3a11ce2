package io.snowball.customer.loyalty;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * For what how many points are given.
 *
 * @param value per cent, points for a rouble, or points
 * @param invitedPoints of a referral: for who was invited; value is for who invited
 * @param minAmount in kopecks
 * @param maxPoints for one customer in all
 * @param maxTimes for one customer in all
 * @param gift instead of points
 */
record Rule(
        UUID id,
        String name,
        Trigger trigger,
        @Nullable String eventType,
        Award award,
        BigDecimal value,
        @Nullable Long invitedPoints,
        List<String> categories,
        List<String> levels,
        @Nullable Integer firstPurchases,
        @Nullable Long minAmount,
        @Nullable Integer lifetimeDays,
        @Nullable Long maxPoints,
        @Nullable Integer maxTimes,
        @Nullable Gift gift,
        Instant validFrom,
        @Nullable Instant validTo) {
    private static final BigDecimal KOPECKS = BigDecimal.valueOf(100);
    private static final long MOST = 1_000_000_000_000L;

    boolean isValidAt(Instant at) {
        return !at.isBefore(validFrom) && (validTo == null || at.isBefore(validTo));
    }

    /**
     * Rounded down, once for an order.
     *
     * @param pointValue in kopecks
     */
    long points(Purchase purchase, long pointValue) {
        long amount = purchase.amountIn(categories);
        boolean counts = purchase.paid()
                && isValidAt(purchase.orderedAt())
                && amount > 0
                && (minAmount == null || amount >= minAmount)
                && (firstPurchases == null || purchase.earlier() < firstPurchases)
                && (levels.isEmpty() || levels.contains(purchase.level()));
        return counts ? points(amount, pointValue) : 0;
    }

    /**
     * What is left of what was given: who was given it on a level or as a newcomer keeps it, whatever has become of that. Below the
     * least amount there is nothing, as there would have been.
     */
    long pointsStill(Purchase purchase, long pointValue) {
        long amount = purchase.amountIn(categories);
        return purchase.paid() && amount > 0 && (minAmount == null || amount >= minAmount)
                ? points(amount, pointValue)
                : 0;
    }

    long fixed() {
        return value.longValue();
    }

    @Nullable
    Instant expiresAt(Instant now) {
        return lifetimeDays == null ? null : now.plus(Duration.ofDays(lifetimeDays));
    }

    private long points(long amount, long pointValue) {
        BigDecimal points = switch (award) {
            case FIXED, GIFT -> value;
            case PERCENT ->
                BigDecimal.valueOf(amount)
                        .multiply(value)
                        .divide(KOPECKS.multiply(BigDecimal.valueOf(pointValue)), 0, RoundingMode.DOWN);
            case PER_ROUBLE -> BigDecimal.valueOf(amount).multiply(value).divide(KOPECKS, 0, RoundingMode.DOWN);
        };
        return points.min(BigDecimal.valueOf(MOST)).longValue();
    }
}
