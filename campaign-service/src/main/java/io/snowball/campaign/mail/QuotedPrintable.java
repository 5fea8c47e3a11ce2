package io.snowball.campaign.mail;

import java.util.Arrays;

/** RFC 2045, 6.7, for text with CRLF line ends. */
final class QuotedPrintable {
    private static final int LINE_MAX = 76;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

    private QuotedPrintable() {}

    static byte[] encode(byte[] text) {
        // Three for each byte at worst, and three more for a soft line break after each 73 at least. A stream would
        // lock for each byte.
        byte[] out = new byte[text.length * 3 + text.length / 8 + 8];
        int size = 0;
        int column = 0;
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            if (b == '\r' && i + 1 < text.length && text[i + 1] == '\n') {
                out[size++] = '\r';
                out[size++] = '\n';
                i++;
                column = 0;
                continue;
            }
            boolean lineEnds = i + 1 == text.length || text[i + 1] == '\r';
            boolean plain = (b > ' ' && b < 127 && b != '=') || ((b == ' ' || b == '\t') && !lineEnds);
            int width = plain ? 1 : 3;
            // One column is kept for the "=" of a soft line break.
            if (column + width > LINE_MAX - 1 && !(lineEnds && column + width <= LINE_MAX)) {
                out[size++] = '=';
                out[size++] = '\r';
                out[size++] = '\n';
                column = 0;
            }
            if (plain) {
                out[size++] = b;
            } else {
                out[size++] = '=';
                out[size++] = HEX[(b >> 4) & 0xf];
                out[size++] = HEX[b & 0xf];
            }
            column += width;
        }
        return Arrays.copyOf(out, size);
    }
}
