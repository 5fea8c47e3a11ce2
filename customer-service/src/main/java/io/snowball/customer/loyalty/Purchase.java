package io.snowball.customer.loyalty;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as rules see it; amounts in kopecks, without what came back.
 *
 * @param amount zero where nothing is paid, or nothing is left of it
 * @param earlier paid orders of the customer before this one
 * @param level of the customer when the order was made
 */
record Purchase(
        UUID orderId,
        String externalId,
        UUID customerId,
        Instant orderedAt,
        boolean paid,
        boolean undone,
        long amount,
        int earlier,
        @Nullable String level,
        List<Line> lines) {

    /** @param categories of the product, up to the root of the tree */
    record Line(long amount, Set<String> categories) {}

    String source() {
        return "order/" + orderId;
    }

    /** @param categories all, if empty */
    long amountIn(Collection<String> categories) {
        if (categories.isEmpty()) {
            return amount;
        }
        long sum = lines.stream()
                .filter(line -> line.categories().stream().anyMatch(categories::contains))
                .mapToLong(Line::amount)
                .sum();
        // Lines may be worth more than the order, whose amount the shop may have told apart.
        return Math.min(sum, amount);
    }
}
