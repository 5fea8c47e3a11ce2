package io.snowball.platform.security;

import io.snowball.platform.SnowballConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Tokens in the links that customers get: they say what for, and nobody else can make them. Signed, not encrypted: put ids in
 * them, never an address. A token for one use is no good for another: the use is part of what is signed.
 */
@ApplicationScoped
public class SignedLinks {
    // 128 of the 256 bits: RFC 2104, section 5 allows it, and the link stays short enough to be clicked in a plain text
    // mail.
    private static final int TAG_LENGTH = 16;

    private final KeyedHash hash;

    SignedLinks(SnowballConfig config) {
        this.hash = new KeyedHash(KeyedHash.key(config.internalKey(), "snowball links v1"));
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
        return Arrays.copyOf(hash.of(use.getBytes(StandardCharsets.UTF_8), new byte[1], payload), TAG_LENGTH);
    }
}
