package io.snowball.customer.exports;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Cuts a file into pieces and hands each on before the next one begins, so that no more than one is in memory. */
final class PieceOutput extends OutputStream {
    static final int PIECE = 256 * 1024;

    private final Sink sink;
    private final byte[] piece = new byte[PIECE];
    private int filled;
    private int pieces;
    private long bytes;

    /** Where pieces go to, in their order. */
    interface Sink {
        void store(int n, byte[] piece) throws IOException;
    }

    PieceOutput(Sink sink) {
        this.sink = sink;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        int at = offset;
        int left = length;
        while (left > 0) {
            int fits = Math.min(left, PIECE - filled);
            System.arraycopy(from, at, piece, filled, fits);
            filled += fits;
            at += fits;
            left -= fits;
            if (filled == PIECE) {
                hand();
            }
        }
    }

    private void hand() throws IOException {
        sink.store(pieces, Arrays.copyOf(piece, filled));
        pieces++;
        bytes += filled;
        filled = 0;
    }

    /** The last piece. Not flush(): whoever writes here calls that as he pleases. */
    @Override
    public void close() throws IOException {
        if (filled > 0) {
            hand();
        }
    }

    int pieces() {
        return pieces;
    }

    long bytes() {
        return bytes;
    }
}
