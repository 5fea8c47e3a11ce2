package io.snowball.customer.order;

import io.snowball.customer.CleanText;
import io.snowball.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * One line of an order, in kopecks.
 *
 * @param price of one piece
 * @param discount on the whole line
 */
public record OrderLine(String sku, int quantity, long price, long discount) {
    public static final int MAX_QUANTITY = 1_000_000;
    /** Ten billion: more is a mistake of the file, and sums stay far from the end of long. */
    static final long MAX_AMOUNT = 1_000_000_000_000L;

    /** @throws IllegalArgumentException with a sentence for the user */
    public static OrderLine of(@Nullable String sku, int quantity, Money price, @Nullable Money discount) {
        if (quantity < 1 || quantity > MAX_QUANTITY) {
            throw new IllegalArgumentException("quantity must be between 1 and " + MAX_QUANTITY);
        }
        long each = amount(price);
        long off = discount == null ? 0 : amount(discount);
        long total = each * quantity;
        if (total > MAX_AMOUNT) {
            throw new IllegalArgumentException("price times quantity is too large");
        }
        if (off > total) {
            throw new IllegalArgumentException("discount must not exceed price times quantity");
        }
        return new OrderLine(sku(sku), quantity, each, off);
    }

    public static String sku(@Nullable String text) {
        return CleanText.required(text, 100);
    }

    long amount() {
        return price * quantity - discount;
    }

    static long amount(Money money) {
        if (money.kopecks() < 0 || money.kopecks() > MAX_AMOUNT) {
            throw new IllegalArgumentException("amount must be between 0 and 10000000000");
        }
        return money.kopecks();
    }
}
