package io.snowball.campaign.mail;

import java.io.ByteArrayOutputStream;

/** RFC 2045, 6.7, for text with CRLF line ends. */
final class QuotedPrintable {
    private static final int LINE_MAX = 76;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

    private QuotedPrintable() {}

    static void write(byte[] text, ByteArrayOutputStream out) {
        int column = 0;
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            if (b == '\r' && i + 1 < text.length && text[i + 1] == '\n') {
                out.write('\r');
                out.write('\n');
                i++;
                column = 0;
                continue;
            }
            boolean lineEnds = i + 1 == text.length || text[i + 1] == '\r';
            boolean plain = (b > ' ' && b < 127 && b != '=') || ((b == ' ' || b == '\t') && !lineEnds);
            int width = plain ? 1 : 3;
            // One column is kept for the "=" of a soft line break.
            if (column + width > LINE_MAX - 1 && !(lineEnds && column + width <= LINE_MAX)) {
                out.write('=');
                out.write('\r');
                out.write('\n');
                column = 0;
            }
            if (plain) {
                out.write(b);
            } else {
                out.write('=');
                out.write(HEX[(b >> 4) & 0xf]);
                out.write(HEX[b & 0xf]);
            }
            column += width;
        }
    }
}
