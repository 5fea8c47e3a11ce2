package io.snowball.launcher.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What siblings show each other. */
final class InternalToken {
    private InternalToken() {}

    /** The internal token of docs/adr/010, good for three hours. */
    static String of(String key, String role) {
        long now = Instant.now().getEpochSecond();
        String content = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "."
                + base64(
                        "{\"iss\":\"snowball\",\"sub\":\"bench\",\"upn\":\"bench\",\"groups\":[\"%s\"],\"iat\":%d,\"exp\":%d}"
                                .formatted(role, now, now + 3 * 3600));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return content + "."
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
