package io.snowball.customer;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Short names that a company chooses and counts by: reasons, purposes. They say nothing of a person. */
public final class Codes {
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_-]{0,49}");

    private Codes() {}

    /** @throws IllegalArgumentException with a sentence for the user */
    public static @Nullable String optional(@Nullable String text) {
        String code = CleanText.optional(text, 100);
        if (code != null && !CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("must be 1 to 50 lower-case letters, digits, - and _, a letter first");
        }
        return code;
    }

    /** @throws IllegalArgumentException with a sentence for the user */
    public static String required(@Nullable String text) {
        String code = optional(text);
        if (code == null) {
            throw new IllegalArgumentException("is required");
        }
        return code;
    }
}
