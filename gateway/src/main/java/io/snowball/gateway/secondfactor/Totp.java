package io.snowball.gateway.secondfactor;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords: RFC 6238 over RFC 4226, with what every app assumes: SHA-1, 6 digits, 30 seconds. Our own, because it is
 * a call of the JDK's Mac and a cut of its result.
 */
final class Totp {
    /** As long as the hash, as RFC 4226 recommends. */
    static final int SECRET_BYTES = 20;

    static final int DIGITS = 6;
    private static final int STEP_SECONDS = 30;
    /** A telephone's clock may be a step off (RFC 6238, section 5.2). */
    private static final int STEPS_OFF_MAX = 1;

    private static final String HMAC = "HmacSHA1";
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Totp() {}

    static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
    }

    static String code(byte[] secret, long step, int digits) {
        byte[] hash = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int offset = hash[hash.length - 1] & 0x0f;
        int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
        String text = Long.toString(number % (long) Math.pow(10, digits));
        return "0".repeat(digits - text.length()) + text;
    }

    /** @return the step whose code this is, later than the last that was used; empty where it is none */
    static OptionalLong matching(byte[] secret, String code, Instant now, long lastStep) {
        byte[] given = code.getBytes(StandardCharsets.UTF_8);
        OptionalLong found = OptionalLong.empty();
        for (long step = step(now) - STEPS_OFF_MAX; step <= step(now) + STEPS_OFF_MAX; step++) {
            byte[] right = code(secret, step, DIGITS).getBytes(StandardCharsets.UTF_8);
            if (MessageDigest.isEqual(given, right) && step > lastStep) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** What an app reads from a QR code. */
    static String uri(String issuer, String login, byte[] secret) {
        String label = encoded(issuer) + ":" + encoded(login);
        return "otpauth://totp/" + label + "?secret=" + base32(secret) + "&issuer=" + encoded(issuer)
                + "&algorithm=SHA1&digits=" + DIGITS + "&period=" + STEP_SECONDS;
    }

    /** RFC 4648, without padding: apps don't want it. */
    static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte one : bytes) {
            buffer = (buffer << Byte.SIZE) | (one & 0xff);
            bits += Byte.SIZE;
            while (bits >= 5) {
                bits -= 5;
                text.append(BASE32.charAt((buffer >> bits) & 31));
            }
        }
        if (bits > 0) {
            text.append(BASE32.charAt((buffer << (5 - bits)) & 31));
        }
        return text.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static byte[] hmac(byte[] secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has " + HMAC, impossible);
        }
    }
}
