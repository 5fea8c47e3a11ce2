package io.snowball.customer.order;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

public enum OrderStatus {
    CREATED,
    PAID,
    CANCELLED,
    RETURNED,
    /** Never told by the shop as such: it follows from the returns. */
    PARTLY_RETURNED;

    /** As files have it; an order without a status is a paid one. */
    public static OrderStatus parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return PAID;
        }
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "CREATED" -> CREATED;
            case "PAID" -> PAID;
            case "CANCELLED" -> CANCELLED;
            case "RETURNED" -> RETURNED;
            default -> throw new IllegalArgumentException("must be CREATED, PAID, CANCELLED or RETURNED");
        };
    }
}
