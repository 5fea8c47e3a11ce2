package io.snowball.consent.consent;

import io.snowball.consent.ConsentConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Addresses and numbers as something that can be compared but not read: HMAC-SHA256 under a key that is not in the database, so
 * that a stolen dump can't be searched number by number. This is what stays of an address after a destruction (r28).
 */
@ApplicationScoped
public class IdentifierHash {
    private static final String HMAC = "HmacSHA256";

    /** Only ever copied: looking the algorithm up and expanding the key for each address of a batch costs more than the hash. */
    private final Mac prototype;

    IdentifierHash(ConsentConfig config) {
        try {
            prototype = Mac.getInstance(HMAC);
            prototype.init(new SecretKeySpec(config.identifierKey().getBytes(StandardCharsets.UTF_8), HMAC));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has " + HMAC, impossible);
        }
    }

    /** @param identifier an e-mail address or a telephone number, in whatever way it was written */
    public String of(String identifier) {
        try {
            Mac mac = (Mac) prototype.clone();
            return HexFormat.of().formatHex(mac.doFinal(normal(identifier).getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("The JDK's own " + HMAC + " can be copied", impossible);
        }
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
