package io.snowball.customer;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a colleague is named here: by the id or login that the gateway knows. It goes out on the feed, so it is no e-mail address. */
public final class UserIds {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private UserIds() {}

    /** @throws IllegalArgumentException with a sentence for the user */
    public static @Nullable String optional(@Nullable String text) {
        String id = CleanText.optional(text, 100);
        if (id != null && !ID.matcher(id).matches()) {
            throw new IllegalArgumentException("must be a user's id or login: letters, digits and . _ -");
        }
        return id;
    }
}
