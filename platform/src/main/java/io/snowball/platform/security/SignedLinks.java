package io.snowball.platform.security;

import io.snowball.platform.SnowballConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens in the links that customers get: they say what for, and nobody else can make them. Signed, not encrypted: put ids in
 * them, never an address. A token for one use is no good for another: the use is part of what is signed.
 */
@ApplicationScoped
public class SignedLinks {
    private static final String HMAC = "HmacSHA256";
    // 128 of the 256 bits: RFC 2104, section 5 allows it, and the link stays short enough to be clicked in a plain text
    // mail.
    private static final int TAG_LENGTH = 16;

    /** Only ever copied: looking the algorithm up and expanding the key for each link costs more than the signature. */
    private final Mac prototype;

    SignedLinks(SnowballConfig config) {
        // A key of its own, so that a link can never pass for another message under the same key.
        byte[] key = mac(config.internalKey().getBytes(StandardCharsets.UTF_8))
                .doFinal("snowball links v1".getBytes(StandardCharsets.US_ASCII));
        this.prototype = mac(key);
    }

    /** @param use such as {@code unsubscribe}, {@code open}, {@code click} */
    public String sign(String use, byte[] payload) {
        byte[] token = Arrays.copyOf(payload, payload.length + TAG_LENGTH);
        System.arraycopy(tag(use, payload), 0, token, payload.length, TAG_LENGTH);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** @return the payload, or nothing where the token was not made by us for this use */
    public Optional<byte[]> verify(String use, String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        if (bytes.length < TAG_LENGTH) {
            return Optional.empty();
        }
        byte[] payload = Arrays.copyOf(bytes, bytes.length - TAG_LENGTH);
        byte[] tag = Arrays.copyOfRange(bytes, payload.length, bytes.length);
        return MessageDigest.isEqual(tag, tag(use, payload)) ? Optional.of(payload) : Optional.empty();
    }

    private byte[] tag(String use, byte[] payload) {
        try {
            Mac mac = (Mac) prototype.clone();
            mac.update(use.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Arrays.copyOf(mac.doFinal(payload), TAG_LENGTH);
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("The JDK's own " + HMAC + " can be copied", impossible);
        }
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has " + HMAC, impossible);
        }
    }
}
