package io.snowball.campaign.template;

import io.snowball.campaign.template.HtmlScanner.Token;
import java.util.Set;

/** The text part of a mail, made of its HTML: paragraphs, lists, links with their address behind. */
final class PlainText {
    private static final Set<String> BLOCKS = Set.of(
            "p",
            "div",
            "table",
            "tr",
            "ul",
            "ol",
            "li",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "blockquote",
            "hr",
            "section",
            "header",
            "footer",
            "article",
            "center",
            "body",
            "pre");
    private static final Set<String> SPACED =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote");

    private final StringBuilder out = new StringBuilder(1024);
    private int newlines = 2;
    private boolean gap;
    private String href = "";
    private int linkStart;

    private PlainText() {}

    static String of(String html) {
        return new PlainText().convert(html);
    }

    private String convert(String html) {
        HtmlScanner scanner = new HtmlScanner(html, false);
        for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
            switch (token) {
                case TEXT -> text(html.substring(scanner.start, scanner.end));
                case OPEN -> open(scanner);
                case CLOSE -> close(scanner.name);
                case COMMENT, END -> {} // nothing to read
            }
        }
        return out.toString().strip() + "\n";
    }

    private void open(HtmlScanner tag) {
        switch (tag.name) {
            case "br" -> lines(newlines + 1);
            case "li" -> {
                lines(1);
                word("-");
                gap = true;
            }
            case "td", "th" -> gap = true;
            case "a" -> {
                href = tag.href();
                linkStart = out.length();
            }
            default -> block(tag.name);
        }
    }

    private void close(String name) {
        if (name.equals("a")) {
            // A picture as a link has no text; its address alone says more than nothing.
            boolean said = out.substring(Math.min(linkStart, out.length())).contains(href);
            if (HtmlScanner.isWebAddress(href) && !said) {
                gap = true;
                word("(" + href + ")");
            }
            href = "";
        } else {
            block(name);
        }
    }

    private void block(String name) {
        if (BLOCKS.contains(name)) {
            lines(SPACED.contains(name) ? 2 : 1);
        }
    }

    private void lines(int count) {
        gap = false;
        for (; newlines < Math.min(count, 2); newlines++) {
            out.append('\n');
        }
    }

    private void text(String raw) {
        String text = HtmlEntities.decode(raw);
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean blank = i == text.length() || isBlank(text.charAt(i));
            if (!blank) {
                continue;
            }
            if (i > from) {
                word(text.substring(from, i));
            }
            gap |= i < text.length();
            from = i + 1;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\u00a0';
    }

    private void word(String word) {
        if (gap && newlines == 0) {
            out.append(' ');
        }
        out.append(word);
        gap = false;
        newlines = 0;
    }
}
