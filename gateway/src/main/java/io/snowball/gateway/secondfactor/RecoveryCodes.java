package io.snowball.gateway.secondfactor;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Codes on paper, each good once. 80 random bits: a plain hash of one can't be guessed back. */
final class RecoveryCodes {
    static final int COUNT = 10;
    private static final int BYTES = 10;

    private RecoveryCodes() {}

    static List<String> make(SecretBox random) {
        return Stream.generate(() -> Totp.base32(random.random(BYTES)).toLowerCase(Locale.ROOT))
                .map(code -> String.join("-", code.split("(?<=\\G.{4})")))
                .limit(COUNT)
                .toList();
    }

    /** However it was typed. */
    static Buffer hash(String code) {
        String normal = code.toLowerCase(Locale.ROOT).replaceAll("[^a-z2-7]", "");
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(normal.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
