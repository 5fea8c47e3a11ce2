package io.snowball.customer.identity;

import io.snowball.customer.CleanText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ids that messengers, browsers and devices give out, each in one spelling. */
final class AccountIds {
    private static final int MAX_TOKEN = 4096;
    // 52 bits: what Telegram documents, and more than the others use.
    private static final Pattern NUMBER = Pattern.compile("(?:id)?0*([1-9]\\d{0,15})");
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{8,}");
    private static final Pattern VISITOR = Pattern.compile("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");
    private static final Pattern COOKIE = Pattern.compile("[A-Za-z0-9_-]{8,100}");

    private AccountIds() {}

    /** The numeric id; a @name can be given to somebody else tomorrow. */
    static Identity number(IdentityKind kind, String text) {
        Matcher number = NUMBER.matcher(CleanText.required(text, 30));
        if (!number.matches()) {
            throw new IllegalArgumentException("must be the numeric id of the account");
        }
        return new Identity(kind, "", number.group(1), number.group(1));
    }

    static Identity cookie(String text) {
        String id = CleanText.required(text, 100);
        if (!COOKIE.matcher(id).matches()) {
            throw new IllegalArgumentException("must be 8 to 100 letters, digits, - or _");
        }
        // The script's own visitor ids are UUIDs, which have one spelling in the database.
        String key = VISITOR.matcher(id).matches() ? id.toLowerCase(Locale.ROOT) : id;
        return new Identity(IdentityKind.COOKIE, "", key, key);
    }

    static Identity pushToken(String text) {
        return hashed(IdentityKind.PUSH, token(text));
    }

    /** The endpoint of a push subscription: it holds the secret of the subscription. */
    static Identity webPushEndpoint(String text) {
        String endpoint = token(text);
        try {
            URI uri = URI.create(endpoint);
            if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
                throw notAnEndpoint();
            }
        } catch (IllegalArgumentException _) {
            throw notAnEndpoint();
        }
        return hashed(IdentityKind.WEB_PUSH, endpoint);
    }

    private static String token(String text) {
        String token = CleanText.required(text, MAX_TOKEN);
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException("must be a token of visible characters");
        }
        return token;
    }

    /** A token can be longer than an index entry may be, so its hash is what is compared. */
    private static Identity hashed(IdentityKind kind, String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return new Identity(kind, "", HexFormat.of().formatHex(hash), token);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static IllegalArgumentException notAnEndpoint() {
        return new IllegalArgumentException("must be the https endpoint of a push subscription");
    }
}
