package io.snowball.gateway.login;

import io.snowball.platform.problem.ProblemException;
import java.util.Locale;
import java.util.Set;

/**
 * What may be a password, after NIST SP 800-63B: long, not guessable, and no rules about digits and signs, which only make
 * people write {@code Password1!}.
 */
final class PasswordPolicy {
    static final int LENGTH_MIN = 10;
    static final int LENGTH_MAX = 200;

    private static final int DIFFERENT_MIN = 5;

    // Of the lists of leaked passwords those of ten characters and more; shorter ones are refused by their length.
    private static final Set<String> COMMON = Set.of(
            "1234567890",
            "0123456789",
            "0987654321",
            "12345678910",
            "1q2w3e4r5t",
            "1q2w3e4r5t6y",
            "1qaz2wsx3edc",
            "qwertyuiop",
            "qwerty12345",
            "qwerty123456",
            "q1w2e3r4t5",
            "q1w2e3r4t5y6",
            "asdfghjkl;",
            "zaq12wsxcde3",
            "password12",
            "password123",
            "password1234",
            "passw0rd123",
            "administrator",
            "iloveyou123",
            "йцукенгшщз",
            "йцукен12345",
            "пароль12345",
            "пароль123456",
            "changemeplease",
            "snowball123",
            "snowballsnowball");

    private PasswordPolicy() {}

    static void check(String login, String password) {
        String folded = password.toLowerCase(Locale.ROOT);
        if (password.length() < LENGTH_MIN || password.length() > LENGTH_MAX) {
            throw refused("wrong-length", "A password has from " + LENGTH_MIN + " to " + LENGTH_MAX + " characters");
        }
        if (folded.contains(login.toLowerCase(Locale.ROOT))) {
            throw refused("contains-login", "A password must not contain the login");
        }
        if (COMMON.contains(folded) || password.chars().distinct().count() < DIFFERENT_MIN) {
            throw refused("too-common", "This password is among the first that would be guessed: take another");
        }
    }

    private static ProblemException refused(String code, String detail) {
        return ProblemException.invalidField("/password", code, detail);
    }
}
