package io.snowball.gateway.secondfactor;

import io.snowball.gateway.GatewayConfig;
import io.snowball.platform.SnowballConfig;
import io.snowball.platform.security.KeyedHash;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets at rest: AES-256-GCM under a key that is not in the database, each bound to its user. A copy of the database alone gives nobody a
 * second factor.
 */
@ApplicationScoped
class SecretBox {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    // Not static: a native image must not carry its seed.
    private final SecureRandom random = new SecureRandom();

    SecretBox(SnowballConfig snowball, GatewayConfig config) {
        String from = config.login().secondFactorKey().orElse(snowball.internalKey());
        this.key = new SecretKeySpec(KeyedHash.key(from, "gateway second factor v1"), "AES");
    }

    byte[] random(int bytes) {
        byte[] result = new byte[bytes];
        random.nextBytes(result);
        return result;
    }

    byte[] seal(UUID userId, byte[] secret) {
        byte[] nonce = random(NONCE_BYTES);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, userId).doFinal(secret);
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has " + CIPHER, impossible);
        }
    }

    /** @return nothing where it was sealed under another key, or for another user */
    Optional<byte[]> open(UUID userId, byte[] box) {
        byte[] nonce = Arrays.copyOf(box, NONCE_BYTES);
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, nonce, userId).doFinal(box, NONCE_BYTES, box.length - NONCE_BYTES));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, UUID userId) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(userId.toString().getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
