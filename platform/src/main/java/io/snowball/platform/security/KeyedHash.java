package io.snowball.platform.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under one key. Any number of threads. */
public final class KeyedHash {
    private static final String HMAC = "HmacSHA256";

    /** Only ever copied: looking the algorithm up and expanding the key each time costs more than the hash. */
    private final Mac prototype;

    public KeyedHash(byte[] key) {
        try {
            prototype = Mac.getInstance(HMAC);
            prototype.init(new SecretKeySpec(key, HMAC));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has " + HMAC, impossible);
        }
    }

    /**
     * A key of its own for each use of a secret, so that what is made for one can never pass for another.
     *
     * @param use never changed: what was made with the key would be worth nothing
     * @return 32 bytes
     */
    public static byte[] key(String secret, String use) {
        return new KeyedHash(secret.getBytes(StandardCharsets.UTF_8)).of(use.getBytes(StandardCharsets.UTF_8));
    }

    /** @return 32 bytes, of the parts one after the other */
    public byte[] of(byte[]... parts) {
        try {
            Mac mac = (Mac) prototype.clone();
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("The JDK's own " + HMAC + " can be copied", impossible);
        }
    }
}
