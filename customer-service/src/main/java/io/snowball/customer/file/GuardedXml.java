package io.snowball.customer.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * XML as spreadsheet programs write it, and no other: an XML parser keeps a comment, a CDATA section or an attribute in memory
 * however long it is, and a few megabytes of ZIP can hold gigabytes of it. Bytes of all parts of a file count together.
 */
final class GuardedXml extends FilterInputStream {
    private static final int MAX_BETWEEN_TAGS = 512 * 1024;
    private static final byte[] DECLARATION = {'<', '?', 'x', 'm', 'l', ' '};

    /** What a file may still unfold to. */
    static final class Allowance {
        private long left;

        Allowance(long bytes) {
            this.left = bytes;
        }
    }

    /** Not an accident of reading but the file's own fault; the message is for the user. */
    static final class RefusedException extends IOException {
        RefusedException(String message) {
            super(message);
        }
    }

    private final Allowance allowance;
    private long position;
    private int sinceTag;
    private int last;

    GuardedXml(InputStream in, Allowance allowance) {
        super(in);
        this.allowance = allowance;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        for (int i = offset; i < offset + read; i++) {
            check(target[i]);
        }
        allowance.left -= Math.max(0, read);
        if (allowance.left < 0) {
            throw new RefusedException("The workbook unfolds to far more than a table has: save it as CSV");
        }
        return read;
    }

    private void check(byte next) throws RefusedException {
        boolean declaration = position < DECLARATION.length && next == DECLARATION[(int) position];
        if (last == '<' && !declaration && (next == '!' || next == '?' || next == '<')) {
            throw new RefusedException("The workbook has parts that no spreadsheet program writes: save it as CSV");
        }
        sinceTag = next == '<' ? 0 : sinceTag + 1;
        if (sinceTag > MAX_BETWEEN_TAGS) {
            throw new RefusedException("A cell of the workbook is too long");
        }
        last = next;
        position++;
    }
}
