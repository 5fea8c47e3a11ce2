package io.snowball.campaign.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a page, as people write it and as a header may hold it. */
final class WebAddress {
    private static final Pattern PARTS = Pattern.compile(
            "(https?)://([^/?#@:\\[\\]]+)(:[0-9]{1,5})?((?:[/?#][^\\p{Cntrl}\\\\]*)?)", Pattern.CASE_INSENSITIVE);

    /** Longer ones are for IDNA to judge. */
    private static final int PLAIN_HOST_MAX = 63;

    private static final String RESERVED_AND_PLAIN = "!#$%&'()*+,-./:;=?@[]_~";

    private WebAddress() {}

    /**
     * ASCII only (RFC 3986): the host by IDNA, the rest percent-encoded; what is encoded already stays. Nothing for what a browser might
     * read in another way than we do: with a login, a backslash, a control character, a host that is none.
     */
    static Optional<String> ascii(String written) {
        if (isPlain(written)) {
            return Optional.of(written);
        }
        Matcher parts = PARTS.matcher(written);
        if (!parts.matches() || !UTF_8.newEncoder().canEncode(written)) {
            return Optional.empty();
        }
        String host;
        try {
            host = IDN.toASCII(parts.group(2), IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        String port = parts.group(3) == null ? "" : parts.group(3);
        return Optional.of(parts.group(1).toLowerCase(Locale.ROOT) + "://" + host + port + encoded(parts.group(4)));
    }

    /** What most addresses are, and would come out as they went in: looked at for each link of each mail. */
    private static boolean isPlain(String written) {
        int from = written.startsWith("https://") ? 8 : written.startsWith("http://") ? 7 : -1;
        int slash = from < 0 ? -1 : written.indexOf('/', from);
        int end = slash < 0 ? written.length() : slash;
        if (from < 0 || end == from || end - from > PLAIN_HOST_MAX) {
            return false;
        }
        boolean label = false;
        for (int i = from; i < end; i++) {
            char c = written.charAt(i);
            boolean inLabel = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!inLabel && !(label && (c == '.' || c == '-'))) {
                return false;
            }
            label = inLabel;
        }
        for (int i = end; i < written.length(); i++) {
            if (!stays(written.charAt(i))) {
                return false;
            }
        }
        return label;
    }

    private static boolean stays(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || RESERVED_AND_PLAIN.indexOf(c) >= 0;
    }

    private static String encoded(String rest) {
        StringBuilder out = new StringBuilder(rest.length() + 32);
        for (byte b : rest.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            if (stays(c)) {
                out.append(c);
            } else {
                out.append('%').append("%02X".formatted((int) c));
            }
        }
        return out.toString();
    }
}
