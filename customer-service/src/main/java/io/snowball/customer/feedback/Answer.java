package io.snowball.customer.feedback;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody answered, and what it was about.
 *
 * @param items of CLI: recommend, repurchase, try other
 */
record Answer(
        UUID id,
        String externalId,
        UUID questionId,
        FeedbackKind kind,
        @Nullable UUID customerId,
        @Nullable String customerExternalId,
        BigDecimal score,
        List<Integer> items,
        @Nullable String comment,
        Context context,
        Instant answeredAt) {

    /** @param step of a journey */
    record Context(
            @Nullable String orderId,
            @Nullable String ticket,
            @Nullable String step,
            @Nullable String channel,
            @Nullable String shop) {}

    /** @throws IllegalArgumentException with a sentence for the sender */
    static BigDecimal score(FeedbackKind kind, @Nullable Integer mark, List<Integer> items) {
        if (items.size() != kind.itemCount() || (mark == null) != (kind == FeedbackKind.CLI)) {
            throw new IllegalArgumentException(
                    kind == FeedbackKind.CLI
                            ? "give recommend, repurchase and tryOther instead of a score"
                            : "give a score, and no items");
        }
        if (mark != null) {
            return BigDecimal.valueOf(kind.check(mark));
        }
        int sum = items.stream().mapToInt(kind::check).sum();
        return BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(items.size()), 4, RoundingMode.HALF_UP);
    }
}
