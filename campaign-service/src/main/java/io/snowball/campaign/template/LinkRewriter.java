package io.snowball.campaign.template;

import io.snowball.campaign.template.HtmlScanner.Token;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the addresses of one mail into its HTML and text: tracked links, the open pixel, and a way to unsubscribe in any case. */
final class LinkRewriter {
    static final String UNSUBSCRIBE_LABEL = "Отписаться от рассылки";

    /** Dots and brackets behind an address belong to the sentence. */
    private static final Pattern TEXT_ADDRESS =
            Pattern.compile("https?://[^\\s<>\"]*[^\\s<>\".,;:!?)\\]»']", Pattern.CASE_INSENSITIVE);

    private LinkRewriter() {}

    static String html(String html, Links links) {
        return html(html, links, Optional.empty());
    }

    static String html(String html, Links links, Optional<String> label) {
        StringBuilder out = new StringBuilder(html.length() + 1024);
        String unsubscribe = links.unsubscribe().orElse("");
        String preferences = links.preferences().orElse("");
        boolean hasUnsubscribe = unsubscribe.isEmpty();
        int copied = 0;
        int bodyEnd = -1;
        HtmlScanner scanner = new HtmlScanner(html, true);
        for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
            if (token == Token.CLOSE && (scanner.name.equals("body") || (scanner.name.equals("html") && bodyEnd < 0))) {
                out.append(html, copied, scanner.start);
                copied = scanner.start;
                bodyEnd = out.length();
            }
            boolean link = token == Token.OPEN && !scanner.name.equals("link") && !scanner.name.equals("base");
            String href = link ? scanner.href() : "";
            if (!HtmlScanner.isWebAddress(href)) {
                continue;
            }
            if (href.equals(unsubscribe)) {
                hasUnsubscribe = true;
                continue;
            }
            if (href.equals(preferences)) {
                continue;
            }
            out.append(html, copied, scanner.hrefStart)
                    .append('"')
                    .append(SafeHtml.escape(links.click().apply(href)))
                    .append('"');
            copied = scanner.hrefEnd;
        }
        out.append(html, copied, html.length());
        String addition = label.map(LinkRewriter::label).orElse("")
                + (hasUnsubscribe ? "" : footer(unsubscribe))
                + links.openPixel().map(LinkRewriter::pixel).orElse("");
        return out.insert(bodyEnd < 0 ? out.length() : bodyEnd, addition).toString();
    }

    static String text(String text, Links links) {
        String unsubscribe = links.unsubscribe().orElse("");
        String preferences = links.preferences().orElse("");
        String tracked = TEXT_ADDRESS.matcher(text).replaceAll(match -> {
            String url = match.group();
            String target = url.equals(unsubscribe) || url.equals(preferences)
                    ? url
                    : links.click().apply(url);
            return Matcher.quoteReplacement(target);
        });
        boolean has = unsubscribe.isEmpty() || tracked.contains(unsubscribe);
        return has ? tracked : tracked.stripTrailing() + "\n\n" + UNSUBSCRIBE_LABEL + ": " + unsubscribe + "\n";
    }

    private static String footer(String unsubscribe) {
        return "<p style=\"font-size:12px;text-align:center\"><a href=\"" + SafeHtml.escape(unsubscribe) + "\">"
                + UNSUBSCRIBE_LABEL + "</a></p>";
    }

    private static String label(String text) {
        return "<p style=\"font-size:12px;text-align:center\">" + SafeHtml.escape(text) + "</p>";
    }

    private static String pixel(String address) {
        return "<img src=\"" + SafeHtml.escape(address)
                + "\" width=\"1\" height=\"1\" alt=\"\" style=\"display:block;border:0\">";
    }
}
