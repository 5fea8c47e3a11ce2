package io.snowball.customer.order;

import io.snowball.customer.CleanText;
import io.snowball.customer.identity.Identity;
import io.snowball.platform.money.Money;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the shop tells of an order. The customer is named by our id or by the shop's, one of the two.
 *
 * @param amount in kopecks
 */
public record OrderDraft(
        String externalId,
        @Nullable UUID customerId,
        @Nullable String customerExternalId,
        Instant orderedAt,
        OrderStatus status,
        long amount,
        @Nullable String channel,
        @Nullable String shop,
        @Nullable String paymentMethod,
        List<OrderLine> lines) {
    public static final int MAX_LINES = 1000;
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    /** @param amount of the whole order, or null where it is the sum of the lines */
    public static OrderDraft of(
            String externalId,
            @Nullable UUID customerId,
            @Nullable String customerExternalId,
            Instant orderedAt,
            OrderStatus status,
            @Nullable Money amount,
            @Nullable String channel,
            List<OrderLine> lines) {
        if (status == OrderStatus.PARTLY_RETURNED) {
            throw new IllegalArgumentException("send the order as PAID and what came back as a return");
        }
        if (amount == null && lines.isEmpty()) {
            throw new IllegalArgumentException("an order needs lines or an amount");
        }
        if (lines.size() > MAX_LINES) {
            throw new IllegalArgumentException("an order can have at most " + MAX_LINES + " lines");
        }
        long total =
                amount == null ? lines.stream().mapToLong(OrderLine::amount).sum() : OrderLine.amount(amount);
        if (total > OrderLine.MAX_AMOUNT) {
            throw new IllegalArgumentException("the order's amount is too large");
        }
        return new OrderDraft(
                externalId,
                customerId,
                customerExternalId,
                orderedAt,
                status,
                total,
                channel,
                null,
                null,
                List.copyOf(lines));
    }

    /**
     * @param where the shop, site or branch that sold it
     * @param how it was paid
     * @throws IllegalArgumentException with a sentence for the user
     */
    public OrderDraft sold(@Nullable String where, @Nullable String how) {
        return new OrderDraft(
                externalId,
                customerId,
                customerExternalId,
                orderedAt,
                status,
                amount,
                channel,
                CleanText.optional(where, 100),
                CleanText.optional(how, 50),
                lines);
    }

    public static String externalId(@Nullable String text) {
        return CleanText.required(text, Identity.MAX_EXTERNAL_ID);
    }

    public static @Nullable String channel(@Nullable String text) {
        return CleanText.optional(text, 50);
    }

    /** To the microsecond, which is what the database keeps: a re-sent order must equal the stored one. */
    public static Instant orderedAt(Instant at, Instant now) {
        // An hour, for the clocks of shops; an order from next year would spoil every "days since the last order".
        if (at.isBefore(EARLIEST) || at.isAfter(now.plus(1, ChronoUnit.HOURS))) {
            throw new IllegalArgumentException("must be a time between 1970 and now");
        }
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * FNV-1a over all that the shop told, the customer aside. It is compared with the fingerprint of the same order only, so 64
     * bits are plenty.
     */
    long fingerprint() {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(orderedAt.getEpochSecond());
        fingerprint.add(orderedAt.getNano());
        fingerprint.add(status.name());
        fingerprint.add(amount);
        fingerprint.add(channel == null ? "" : channel);
        for (OrderLine line : lines) {
            fingerprint.add(line.sku());
            fingerprint.add(line.quantity());
            fingerprint.add(line.price());
            fingerprint.add(line.discount());
        }
        // Only where they are told: orders that were stored before there were such fields keep their fingerprints.
        if (shop != null) {
            fingerprint.add("shop" + shop);
        }
        if (paymentMethod != null) {
            fingerprint.add("payment" + paymentMethod);
        }
        return fingerprint.value();
    }
}
