package io.snowball.campaign.mail;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** RFC 2045, 6.7, for text whose lines end in LF; they come out ending in CRLF. */
final class QuotedPrintable {
    private static final int LINE_MAX = 76;
    private static final String HEX = "0123456789ABCDEF";
    private static final VarHandle FOUR_BYTES =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** What is written for a byte, in the lowest three bytes of a number: one write each is half the time of three. */
    private static final int[] ENCODED = new int[256];
    /** The same, with what may stand as it is. */
    private static final int[] WRITTEN = new int[256];

    private static final byte[] WIDTH = new byte[256];

    static {
        for (int b = 0; b < 256; b++) {
            ENCODED[b] = '=' | HEX.charAt(b >> 4) << 8 | HEX.charAt(b & 0xf) << 16;
            boolean plain = (b >= ' ' && b < 127 && b != '=') || b == '\t';
            WRITTEN[b] = plain ? b : ENCODED[b];
            WIDTH[b] = (byte) (plain ? 1 : 3);
        }
    }

    private QuotedPrintable() {}

    static byte[] encode(byte[] text) {
        // Three for each byte at worst, and three more for a soft line break after each 73 at least. A stream would
        // lock for each byte.
        byte[] out = new byte[text.length * 3 + text.length / 8 + 8];
        int size = 0;
        int column = 0;
        for (int i = 0; i < text.length; i++) {
            int b = text[i] & 0xff;
            if (b == '\n') {
                out[size++] = '\r';
                out[size++] = '\n';
                column = 0;
                continue;
            }
            // A blank before the end of a line would be lost on the way.
            boolean blankAtEnd = (b == ' ' || b == '\t') && lineEnds(text, i);
            int width = blankAtEnd ? 3 : WIDTH[b];
            // One column is kept for the "=" of a soft line break.
            if (column + width > LINE_MAX - 1 && !(column + width <= LINE_MAX && lineEnds(text, i))) {
                out[size++] = '=';
                out[size++] = '\r';
                out[size++] = '\n';
                column = 0;
            }
            FOUR_BYTES.set(out, size, blankAtEnd ? ENCODED[b] : WRITTEN[b]);
            size += width;
            column += width;
        }
        return Arrays.copyOf(out, size);
    }

    private static boolean lineEnds(byte[] text, int i) {
        return i + 1 == text.length || text[i + 1] == '\n';
    }
}
