package io.snowball.campaign.smtp;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One reply of the server, all its lines. */
record Reply(int code, List<String> lines) {
    private static final int TEXT_MAX = 300;
    private static final Pattern ENHANCED = Pattern.compile("^([245]\\.\\d{1,3}\\.\\d{1,3})(?: |$)");
    /** Anything with an @ in it, with the brackets or quotes around: servers quote the recipient in what they answer. */
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>()\\[\\],;:]*@[^\\s<>()\\[\\],;]*");

    boolean isPositive() {
        return code / 100 == 2;
    }

    boolean isTransient() {
        return code / 100 == 4;
    }

    /** 421: the server closes the connection after this, whatever was asked. */
    boolean isClosing() {
        return code == 421;
    }

    @Nullable
    String enhancedCode() {
        Matcher matcher = ENHANCED.matcher(lines.getLast());
        return matcher.find() ? matcher.group(1) : null;
    }

    String text() {
        return withoutAddresses(code + " " + String.join(" ", lines));
    }

    static String withoutAddresses(String text) {
        String clean = text.indexOf('@') < 0 ? text : ADDRESS.matcher(text).replaceAll("…");
        return clean.length() <= TEXT_MAX ? clean : clean.substring(0, TEXT_MAX);
    }
}
