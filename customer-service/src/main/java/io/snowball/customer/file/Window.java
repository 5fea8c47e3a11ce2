package io.snowball.customer.file;

import java.io.IOException;
import java.io.InputStream;

/**
 * The part of a file that is in memory: from the beginning of the current record to what has been read ahead. Grows up to the
 * longest line allowed, never further.
 */
final class Window {
    private static final int INITIAL = 64 * 1024;
    private static final int[] BYTE_ORDER_MARK = {0xef, 0xbb, 0xbf};

    private final InputStream in;
    private final int maxLine;
    byte[] bytes;
    /** Where the current record begins. */
    int start;
    /** Where what has been read ends. */
    int end;
    /** Nothing comes after {@link #end}. */
    boolean complete;

    Window(InputStream in, int maxLine) {
        this.in = in;
        this.maxLine = maxLine;
        this.bytes = new byte[Math.min(INITIAL, maxLine)];
    }

    /** Reads the beginning. */
    boolean skipByteOrderMark() throws IOException {
        readOn();
        boolean marked = startsWith(BYTE_ORDER_MARK);
        start = marked ? BYTE_ORDER_MARK.length : 0;
        return marked;
    }

    boolean startsWith(int... octets) {
        for (int i = 0; i < octets.length; i++) {
            if (start + i >= end || (bytes[start + i] & 0xff) != octets[i]) {
                return false;
            }
        }
        return true;
    }

    boolean isEmpty() {
        return start == end;
    }

    /**
     * Reads on behind the current record, which may move it in the buffer.
     *
     * @return false if the record already is as long as a line may be
     */
    boolean readOn() throws IOException {
        if (start == 0 && end == maxLine) {
            return false;
        }
        // Doubling keeps the rescanning of a long record linear in its length.
        byte[] target = start == 0 && end == bytes.length ? new byte[Math.min(maxLine, 2 * bytes.length)] : bytes;
        System.arraycopy(bytes, start, target, 0, end - start);
        bytes = target;
        end -= start;
        start = 0;
        int wanted = bytes.length - end;
        int read = in.readNBytes(bytes, end, wanted);
        end += read;
        complete = read < wanted;
        return true;
    }

    /** Behind the next line break from {@code from} on, or -1 if none has been read yet. */
    int behindBreak(int from) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return complete ? end : -1;
    }

    int breaksUpTo(int position) {
        int breaks = 0;
        for (int i = start; i < position; i++) {
            if (bytes[i] == '\n') {
                breaks++;
            }
        }
        return breaks;
    }

    /** Passes over a line that is too long to be held. */
    void skipLine() throws IOException {
        int behind = behindBreak(start);
        while (behind < 0) {
            start = end;
            readOn();
            behind = behindBreak(start);
        }
        start = behind;
    }
}
