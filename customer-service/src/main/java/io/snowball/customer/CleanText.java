package io.snowball.customer;

import org.jspecify.annotations.Nullable;

/**
 * Text from outside, made fit to be stored. Control characters are refused: U+0000 would fail a whole statement in PostgreSQL,
 * the others only hide what a text says. Messages never repeat the value.
 */
public final class CleanText {
    private CleanText() {}

    /** @throws IllegalArgumentException with a sentence for the user */
    public static @Nullable String optional(@Nullable String text, int maxLength) {
        if (text == null) {
            return null;
        }
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return null;
        }
        if (stripped.length() > maxLength) {
            throw new IllegalArgumentException("must have at most " + maxLength + " characters");
        }
        for (int i = 0; i < stripped.length(); i++) {
            char c = stripped.charAt(i);
            if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
                throw new IllegalArgumentException("must not contain control characters");
            }
        }
        return stripped;
    }

    /** @throws IllegalArgumentException with a sentence for the user */
    public static String required(@Nullable String text, int maxLength) {
        String clean = optional(text, maxLength);
        if (clean == null) {
            throw new IllegalArgumentException("is required");
        }
        return clean;
    }
}
