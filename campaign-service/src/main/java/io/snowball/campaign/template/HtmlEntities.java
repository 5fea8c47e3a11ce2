package io.snowball.campaign.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entities that occur in addresses and in mail texts. */
final class HtmlEntities {
    private static final int NAME_MAX = 10;
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", "\u00a0"),
            Map.entry("mdash", "—"),
            Map.entry("ndash", "–"),
            Map.entry("laquo", "«"),
            Map.entry("raquo", "»"),
            Map.entry("hellip", "…"),
            Map.entry("copy", "©"),
            Map.entry("reg", "®"),
            Map.entry("rarr", "→"),
            Map.entry("bull", "•"),
            Map.entry("zwnj", ""),
            Map.entry("shy", ""));

    private HtmlEntities() {}

    static String decode(String text) {
        int at = text.indexOf('&');
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        for (; at >= 0; at = text.indexOf('&', at + 1)) {
            int end = text.indexOf(';', at);
            String decoded = end < 0 || end - at > NAME_MAX ? null : character(text.substring(at + 1, end));
            if (decoded != null) {
                out.append(text, from, at).append(decoded);
                from = end + 1;
            }
        }
        return out.append(text, from, text.length()).toString();
    }

    private static @Nullable String character(String entity) {
        if (!entity.startsWith("#")) {
            return NAMED.get(entity);
        }
        try {
            boolean hex = entity.length() > 1 && (entity.charAt(1) == 'x' || entity.charAt(1) == 'X');
            int point = Integer.parseInt(entity, hex ? 2 : 1, entity.length(), hex ? 16 : 10);
            return Character.isValidCodePoint(point) && point > 0 ? Character.toString(point) : null;
        } catch (NumberFormatException _) {
            return null; // no entity, just text
        }
    }
}
