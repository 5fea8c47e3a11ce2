package io.snowball.campaign.template;

import org.jspecify.annotations.Nullable;

/** Text that is HTML already and must not be escaped again: what a template captured, or a filter made. */
final class SafeHtml implements CharSequence {
    private final String html;

    SafeHtml(String html) {
        this.html = html;
    }

    /** Good between tags and in a quoted attribute. */
    static String escape(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            String entity = entityOf(text.charAt(i));
            if (entity == null) {
                if (out != null) {
                    out.append(text.charAt(i));
                }
                continue;
            }
            if (out == null) {
                out = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            out.append(entity);
        }
        return out == null ? text : out.toString();
    }

    private static @Nullable String entityOf(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> null;
        };
    }

    @Override
    public int length() {
        return html.length();
    }

    @Override
    public char charAt(int index) {
        return html.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return html.subSequence(start, end);
    }

    @Override
    public String toString() {
        return html;
    }

    /** Liquid compares by equals, and a template may compare what it captured with a string. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CharSequence text && html.contentEquals(text);
    }

    @Override
    public int hashCode() {
        return html.hashCode();
    }
}
