package io.snowball.campaign.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** Header values: RFC 2047 where they are not plain ASCII, folded, and never able to end their line. */
final class HeaderText {
    private static final String WORD_START = "=?UTF-8?B?";
    private static final String WORD_END = "?=";

    /** An encoded word has 75 characters at most; this many bytes make 60 of base64. */
    private static final int WORD_BYTES_MAX = 45;

    private static final int LINE_MAX = 76;

    /** Words can't be folded, and one of them must not make a line of more than 998. */
    private static final int FOLDED_MAX = 900;

    private HeaderText() {}

    /** Refuses everything that could end a header line or hide from the reader. The value isn't named: it may be a person's. */
    static String checked(String header, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == 127 || c == '\u2028' || c == '\u2029' || c == '\u0085') {
                throw new MailException("The header " + header
                        + " holds a line break or control character: remove it, the message is not built.");
            }
        }
        return value;
    }

    static String checkedAscii(String header, String value) {
        if (!isAscii(checked(header, value))) {
            throw new MailException("The header " + header + " takes ASCII only: encode the value before.");
        }
        return value;
    }

    static void unstructured(StringBuilder out, String header, String value) {
        checked(header, value);
        out.append(header).append(": ");
        int start = header.length() + 2;
        if (isAscii(value) && !value.contains("=?") && value.length() <= FOLDED_MAX) {
            foldWords(out, start, value);
        } else {
            encode(out, start, value);
        }
        out.append("\r\n");
    }

    static void mailbox(StringBuilder out, String header, Mailbox mailbox) {
        out.append(header).append(": ");
        if (mailbox.name().isPresent()) {
            String name = checked(header, mailbox.name().get());
            if (isAscii(name) && !name.contains("=?") && name.length() < 60) {
                out.append('"')
                        .append(name.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            } else {
                encode(out, header.length() + 2, name);
            }
            out.append("\r\n <").append(mailbox.address()).append('>');
        } else {
            out.append(mailbox.address());
        }
        out.append("\r\n");
    }

    private static boolean isAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 126) {
                return false;
            }
        }
        return true;
    }

    private static void foldWords(StringBuilder out, int start, String value) {
        int column = start;
        int from = 0;
        while (from < value.length()) {
            int space = value.indexOf(' ', from + 1);
            int to = space < 0 ? value.length() : space;
            // A line of blanks only would not be a continuation, so a fold comes only before a word.
            boolean word = value.charAt(from) != ' ' || to > from + 1;
            if (from > 0 && word && column + to - from > LINE_MAX) {
                out.append("\r\n");
                column = 0;
            }
            out.append(value, from, to);
            column += to - from;
            from = to;
        }
    }

    /** Encoded words, each whole characters only: a reader may decode them one by one. */
    private static void encode(StringBuilder out, int start, String value) {
        int from = 0;
        int room = Math.min(WORD_BYTES_MAX, (LINE_MAX - start - WORD_START.length() - WORD_END.length()) / 4 * 3);
        while (from < value.length()) {
            int to = from;
            int bytes = 0;
            while (to < value.length()) {
                int point = value.codePointAt(to);
                int size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
                if (bytes + size > room) {
                    break;
                }
                bytes += size;
                to += Character.charCount(point);
            }
            if (from > 0) {
                out.append("\r\n ");
            }
            out.append(WORD_START)
                    .append(Base64.getEncoder()
                            .encodeToString(value.substring(from, to).getBytes(UTF_8)))
                    .append(WORD_END);
            from = to;
            room = WORD_BYTES_MAX;
        }
    }
}
