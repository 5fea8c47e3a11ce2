package io.snowball.platform.money;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An amount in the installation's currency. Kopecks (hundredths) inside and in tables, a decimal number with two places in
 * JSON and CSV. More than two places are refused rather than rounded: only divisions round, half up, in {@link #dividedBy}.
 */
@Schema(
        name = "Money",
        type = SchemaType.NUMBER,
        examples = "1499.90",
        description = "Amount in the installation's currency, two decimal places")
public record Money(long kopecks) implements Comparable<Money> {
    public static final Money ZERO = new Money(0);
    private static final int LENGTH_MAX = 40;

    /** @throws IllegalArgumentException with a sentence for the user, if there are more than two decimal places or too many digits */
    @JsonCreator
    public static Money of(BigDecimal amount) {
        // The exponent is checked before the number is expanded: 1e999999999 would otherwise fill the memory.
        if (amount.precision() - (long) amount.scale() > 16) {
            throw new IllegalArgumentException("amount is too large");
        }
        // The same of a number with a thousand million decimal places.
        if (amount.scale() > 100) {
            throw new IllegalArgumentException("amount must have at most two decimal places");
        }
        try {
            return new Money(
                    amount.setScale(2, RoundingMode.UNNECESSARY).unscaledValue().longValueExact());
        } catch (ArithmeticException _) {
            throw new IllegalArgumentException("amount must have at most two decimal places");
        }
    }

    public static Money parse(String text) {
        // Reading a number takes time that grows faster than its length: a cell of a megabyte, minutes.
        if (text.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("amount is too long");
        }
        try {
            return of(new BigDecimal(text.strip()));
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("amount is not a decimal number such as 1499.90");
        }
    }

    @JsonValue
    public BigDecimal amount() {
        return BigDecimal.valueOf(kopecks, 2);
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(kopecks, other.kopecks));
    }

    public Money times(long factor) {
        return new Money(Math.multiplyExact(kopecks, factor));
    }

    /** Half up: the one rounding rule of the product. */
    public Money dividedBy(long divisor) {
        return new Money(BigDecimal.valueOf(kopecks)
                .divide(BigDecimal.valueOf(divisor), 0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(kopecks, other.kopecks);
    }

    @Override
    public String toString() {
        return amount().toPlainString();
    }
}
