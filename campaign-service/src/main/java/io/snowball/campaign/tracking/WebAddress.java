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

    /** What most addresses are, and would come out as they went in: looked at for each link of each mail. */
    private static final Pattern PLAIN = Pattern.compile(
            "https?://([a-z0-9]++(?:[.-][a-z0-9]++)*+)(?:/[A-Za-z0-9!#$%&'()*+,\\-./:;=?@\\[\\]_~]*+)?+");

    private static final int LABEL_MAX = 63;
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

    /** Lengths are for IDNA to judge. */
    private static boolean isPlain(String written) {
        Matcher plain = PLAIN.matcher(written);
        return plain.matches() && plain.end(1) - plain.start(1) <= LABEL_MAX;
    }

    private static String encoded(String rest) {
        StringBuilder out = new StringBuilder(rest.length() + 32);
        for (byte b : rest.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            boolean stays = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || RESERVED_AND_PLAIN.indexOf(c) >= 0;
            if (stays) {
                out.append(c);
            } else {
                out.append('%').append("%02X".formatted((int) c));
            }
        }
        return out.toString();
    }
}
