package io.snowball.customer.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** A file that is made as it is read, row by row, so that something can happen in the middle of it. */
final class Rows extends InputStream {
    private final int count;
    private final IntFunction<String> row;
    private final Map<Integer, Runnable> events = new HashMap<>();
    private byte[] current = {};
    private int at;
    private int next;

    Rows(int count, IntFunction<String> row) {
        this.count = count;
        this.row = row;
    }

    /** Before row {@code n} is handed out. */
    void whenAt(int n, Runnable event) {
        events.put(n, event);
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("reads whole pieces only");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (at == current.length) {
            if (next == count) {
                return -1;
            }
            events.getOrDefault(next, () -> {}).run();
            current = row.apply(next++).getBytes(UTF_8);
            at = 0;
        }
        int given = Math.min(length, current.length - at);
        System.arraycopy(current, at, target, offset, given);
        at += given;
        return given;
    }
}
