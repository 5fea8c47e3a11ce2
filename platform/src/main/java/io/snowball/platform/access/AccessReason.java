package io.snowball.platform.access;

import java.util.regex.Pattern;

/**
 * Why somebody's data were seen or handed out: a code and perhaps the number of a ticket or the id of a campaign. It is kept longer
 * than the data, so there is no room in it for a sentence with somebody's name.
 */
public final class AccessReason {
    private static final Pattern CODE = Pattern.compile("[a-z][a-z-]{1,39}(:[A-Za-z0-9-]{1,40})?");
    private static final Pattern PHONE = Pattern.compile(".*\\d{10}.*");

    private AccessReason() {}

    public static boolean isCode(String text) {
        return CODE.matcher(text).matches() && !PHONE.matcher(text).matches();
    }
}
