package io.snowball.gateway.login;

import io.snowball.gateway.limit.Source;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody says who it is.
 *
 * @param source where from
 */
record Attempt(String login, String source) {
    static Attempt of(String typedLogin, @Nullable String address) {
        return new Attempt(typedLogin.toLowerCase(Locale.ROOT), Source.of(address));
    }
}
