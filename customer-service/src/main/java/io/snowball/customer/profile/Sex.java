package io.snowball.customer.profile;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

public enum Sex {
    FEMALE,
    MALE;

    /** As files have it: FEMALE, F, Ж … */
    public static @Nullable Sex parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "FEMALE", "F", "Ж" -> FEMALE;
            case "MALE", "M", "М" -> MALE;
            default -> throw new IllegalArgumentException("must be FEMALE or MALE");
        };
    }
}
