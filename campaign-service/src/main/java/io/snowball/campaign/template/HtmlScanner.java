package io.snowball.campaign.template;

import java.util.Locale;

/**
 * Walks over HTML tag by tag, forgiving like a mail client: what is no tag is text. Contents of style and script are passed over.
 */
final class HtmlScanner {
    enum Token {
        TEXT,
        OPEN,
        CLOSE,
        COMMENT,
        END
    }

    private final String html;
    /** Outlook reads what stands in conditional comments, buttons too. */
    private final boolean intoComments;

    private int position;
    int start;
    int end;
    String name = "";
    /** The href of the tag with its quotes, if it has one; otherwise hrefStart is -1. */
    int hrefStart;

    int hrefEnd;

    HtmlScanner(String html, boolean intoComments) {
        this.html = html;
        this.intoComments = intoComments;
    }

    Token next() {
        start = position;
        if (position >= html.length()) {
            return Token.END;
        }
        if (html.charAt(position) == '<') {
            if (html.startsWith("<!--", position)) {
                return comment();
            }
            char first = position + 1 < html.length() ? html.charAt(position + 1) : ' ';
            if (isLetter(first)) {
                return open();
            }
            if (first == '/' || first == '!' || first == '?') {
                return close();
            }
        }
        int next = html.indexOf('<', position + 1);
        position = next < 0 ? html.length() : next;
        end = position;
        return Token.TEXT;
    }

    private Token comment() {
        int from = position + 4;
        if (intoComments && html.startsWith("[if", from)) {
            position = from;
        } else {
            int close = html.indexOf("-->", from);
            position = close < 0 ? html.length() : close + 3;
        }
        end = position;
        return Token.COMMENT;
    }

    private Token close() {
        int close = html.indexOf('>', position);
        position = close < 0 ? html.length() : close + 1;
        end = position;
        name = html.charAt(start + 1) == '/' ? nameAt(start + 2) : "";
        return Token.CLOSE;
    }

    private Token open() {
        name = nameAt(start + 1);
        hrefStart = -1;
        position = start + 1 + name.length();
        while (position < html.length() && html.charAt(position) != '>') {
            attribute();
        }
        position = Math.min(position + 1, html.length());
        end = position;
        if (name.equals("style") || name.equals("script") || name.equals("title")) {
            position = closeOf(name);
        }
        return Token.OPEN;
    }

    private int closeOf(String element) {
        String close = "</" + element;
        for (int at = html.indexOf("</", position); at >= 0; at = html.indexOf("</", at + 2)) {
            if (html.regionMatches(true, at, close, 0, close.length())) {
                return at;
            }
        }
        return html.length();
    }

    private void attribute() {
        if (isBlank(html.charAt(position)) || html.charAt(position) == '/') {
            position++;
            return;
        }
        int nameStart = position;
        while (position < html.length() && isOfName(html.charAt(position)) && html.charAt(position) != '=') {
            position++;
        }
        int nameEnd = Math.max(position, nameStart + 1);
        position = nameEnd;
        skipBlanks();
        if (position >= html.length() || html.charAt(position) != '=') {
            return;
        }
        position++;
        skipBlanks();
        int valueStart = position;
        skipValue();
        if (nameEnd - nameStart == 4 && html.regionMatches(true, nameStart, "href", 0, 4) && hrefStart < 0) {
            hrefStart = valueStart;
            hrefEnd = position;
        }
    }

    private void skipValue() {
        char quote = position < html.length() ? html.charAt(position) : ' ';
        if (quote == '"' || quote == '\'') {
            int close = html.indexOf(quote, position + 1);
            position = close < 0 ? html.length() : close + 1;
            return;
        }
        while (position < html.length() && !isBlank(html.charAt(position)) && html.charAt(position) != '>') {
            position++;
        }
    }

    private void skipBlanks() {
        while (position < html.length() && isBlank(html.charAt(position))) {
            position++;
        }
    }

    private String nameAt(int from) {
        int to = from;
        while (to < html.length() && isOfName(html.charAt(to))) {
            to++;
        }
        return html.substring(from, to).toLowerCase(Locale.ROOT);
    }

    /** The address that the href stands for; empty where there is none. */
    String href() {
        if (hrefStart < 0) {
            return "";
        }
        String raw = html.substring(hrefStart, hrefEnd);
        boolean quoted = raw.length() > 1 && (raw.charAt(0) == '"' || raw.charAt(0) == '\'');
        String value = HtmlEntities.decode(quoted ? raw.substring(1, raw.length() - 1) : raw);
        // As a browser reads it: blanks around and line breaks within don't count.
        String stripped = value.strip();
        return hasBreak(stripped) ? stripped.replaceAll("[\\r\\n\\t]", "") : stripped;
    }

    private static boolean hasBreak(String value) {
        return value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0 || value.indexOf('\t') >= 0;
    }

    static boolean isWebAddress(String href) {
        return href.regionMatches(true, 0, "http://", 0, 7) || href.regionMatches(true, 0, "https://", 0, 8);
    }

    private static boolean isOfName(char c) {
        return !isBlank(c) && c != '/' && c != '>';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f';
    }
}
