package io.snowball.campaign.template;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The web servers that the author of a template wrote into it. A tracked link is signed by us, so a customer who calls themselves
 * {@code https://evil.example/x} must not get one: links to any other server stay as they are.
 *
 * @param all scheme and authority, in lower case: {@code https://shop.example:8080}
 */
record Origins(Set<String> all) {
    /** Up to its end: where Liquid follows at once, a value decides on the server. */
    private static final Pattern WRITTEN =
            Pattern.compile("(https?://[\\p{L}\\p{N}._:@%-]++)(?!\\{)", Pattern.CASE_INSENSITIVE);

    /** As a browser reads it: a backslash is a slash. */
    private static final String AFTER = "/?#\\";

    private static final Pattern END_OF_SENTENCE = Pattern.compile("[.:]+$");

    static Origins of(String source) {
        return new Origins(WRITTEN.matcher(source)
                .results()
                .map(MatchResult::group)
                .map(origin -> END_OF_SENTENCE.matcher(origin).replaceAll("").toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet()));
    }

    boolean has(String url) {
        if (!HtmlScanner.isWebAddress(url)) {
            return false;
        }
        int end = url.indexOf("//") + 2;
        while (end < url.length() && AFTER.indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return all.contains(url.substring(0, end).toLowerCase(Locale.ROOT));
    }
}
