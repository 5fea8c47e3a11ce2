package io.snowball.campaign.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * DKIM signatures, relaxed/relaxed, one for each key. From is named once more than it is there, so that nobody can add a second one to a
 * signed message.
 */
public final class DkimSigner {
    private static final List<String> SIGNED = List.of(
            "From",
            "To",
            "Reply-To",
            "Subject",
            "Date",
            "Message-ID",
            "MIME-Version",
            "Content-Type",
            "List-Unsubscribe",
            "List-Unsubscribe-Post");

    private final List<DkimKey> keys;

    public DkimSigner(List<DkimKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** The DKIM-Signature headers, to be put before {@code headers}. */
    String sign(String headers, byte[] body, Instant at) {
        String bodyHash = Base64.getEncoder().encodeToString(sha256(relaxedBody(body)));
        List<String> names = new ArrayList<>();
        StringBuilder canonical = new StringBuilder(headers.length() + 300);
        for (String name : SIGNED) {
            String field = fieldOf(headers, name);
            if (!field.isEmpty()) {
                names.add(name);
                canonical.append(relaxedHeader(field));
            }
        }
        names.add("From");
        StringBuilder signatures = new StringBuilder();
        for (DkimKey key : keys) {
            String unsigned = "DKIM-Signature: v=1; a=" + key.algorithm() + "; c=relaxed/relaxed; d=" + key.domain()
                    + ";\r\n s=" + key.selector() + "; t=" + at.getEpochSecond() + ";\r\n h="
                    + String.join(":", names).toLowerCase(Locale.ROOT) + ";\r\n bh=" + bodyHash + ";\r\n b=";
            String toSign = canonical + relaxedHeader(unsigned);
            byte[] signature = key.sign(toSign.substring(0, toSign.length() - 2).getBytes(US_ASCII));
            signatures.append(unsigned);
            fold(signatures, Base64.getEncoder().encodeToString(signature));
            signatures.append("\r\n");
        }
        return signatures.toString();
    }

    private static void fold(StringBuilder out, String base64) {
        for (int i = 0; i < base64.length(); i += 72) {
            if (i > 0) {
                out.append("\r\n ");
            }
            out.append(base64, i, Math.min(i + 72, base64.length()));
        }
    }

    /** A header with its folded lines, without the last CRLF; empty where there is none. */
    private static String fieldOf(String headers, String name) {
        int from = 0;
        while (from < headers.length()) {
            int to = headers.indexOf("\r\n", from);
            while (to + 2 < headers.length() && isBlank(headers.charAt(to + 2))) {
                to = headers.indexOf("\r\n", to + 2);
            }
            if (headers.startsWith(name, from) && headers.charAt(from + name.length()) == ':') {
                return headers.substring(from, to);
            }
            from = to + 2;
        }
        return "";
    }

    /** RFC 6376, 3.4.2: name in lower case, unfolded, runs of blanks as one, none at the ends. Ends in CRLF. */
    static String relaxedHeader(String field) {
        int colon = field.indexOf(':');
        StringBuilder out = new StringBuilder(field.length() + 2);
        out.append(field.substring(0, colon).strip().toLowerCase(Locale.ROOT)).append(':');
        boolean gap = false;
        boolean begun = false;
        for (int i = colon + 1; i < field.length(); i++) {
            char c = field.charAt(i);
            if (isBlank(c) || c == '\r' || c == '\n') {
                gap = begun;
                continue;
            }
            if (gap) {
                out.append(' ');
                gap = false;
            }
            out.append(c);
            begun = true;
        }
        return out.append("\r\n").toString();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** RFC 6376, 3.4.4: no blanks at line ends, runs of blanks as one, no empty lines at the end. */
    static byte[] relaxedBody(byte[] body) {
        byte[] out = new byte[body.length + 2];
        int size = 0;
        boolean gap = false;
        boolean lineBegun = false;
        int emptyLines = 0;
        for (int i = 0; i < body.length; i++) {
            byte b = body[i];
            if (b == '\r' && i + 1 < body.length && body[i + 1] == '\n') {
                i++;
                gap = false;
                if (lineBegun) {
                    size = endLine(out, size);
                    lineBegun = false;
                } else {
                    emptyLines++;
                }
            } else if (b == ' ' || b == '\t') {
                gap = true;
            } else {
                for (; emptyLines > 0; emptyLines--) {
                    size = endLine(out, size);
                }
                if (gap) {
                    out[size++] = ' ';
                    gap = false;
                }
                out[size++] = b;
                lineBegun = true;
            }
        }
        return Arrays.copyOf(out, lineBegun ? endLine(out, size) : size);
    }

    private static int endLine(byte[] out, int size) {
        out[size] = '\r';
        out[size + 1] = '\n';
        return size + 2;
    }

    static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
