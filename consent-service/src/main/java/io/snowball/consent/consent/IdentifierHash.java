package io.snowball.consent.consent;

import io.snowball.consent.ConsentConfig;
import io.snowball.platform.security.KeyedHash;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Addresses and numbers as something that can be compared but not read: HMAC-SHA256 under a key that is not in the database, so
 * that a stolen dump can't be searched number by number. This is what stays of an address after a destruction (r28).
 */
@ApplicationScoped
public class IdentifierHash {
    private final KeyedHash hash;

    IdentifierHash(ConsentConfig config) {
        this.hash = new KeyedHash(config.identifierKey().getBytes(StandardCharsets.UTF_8));
    }

    /** @param identifier an e-mail address or a telephone number, in whatever way it was written */
    public String of(String identifier) {
        return HexFormat.of().formatHex(hash.of(normal(identifier).getBytes(StandardCharsets.UTF_8)));
    }

    /** Russian numbers are written with 8 as often as with +7. */
    static String normal(String identifier) {
        if (identifier.indexOf('@') >= 0) {
            return identifier.strip().toLowerCase(Locale.ROOT);
        }
        String digits = identifier.replaceAll("[^0-9]", "");
        boolean domestic = digits.length() == 11 && digits.charAt(0) == '8' && identifier.indexOf('+') < 0;
        if (digits.isEmpty()) {
            return identifier.strip();
        }
        return "+" + (domestic ? "7" + digits.substring(1) : digits);
    }
}
