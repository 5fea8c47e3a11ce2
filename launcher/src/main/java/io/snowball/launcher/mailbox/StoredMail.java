package io.snowball.launcher.mailbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterOutputStream;

/** One mail as it came, its source compressed: marketing mail shrinks to a quarter. {@code n} counts up from 1 and is never used again. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredMail(
        long n,
        Instant receivedAt,
        String returnPath,
        List<String> recipients,
        Summary summary,
        int size,
        byte[] packed) {
    /** What a list shows; read once at arrival. */
    record Summary(String subject, String from, String messageId) {}

    byte[] source() {
        ByteArrayOutputStream source = new ByteArrayOutputStream(size);
        try (InflaterOutputStream out = new InflaterOutputStream(source)) {
            out.write(packed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return source.toByteArray();
    }

    static byte[] pack(byte[] source) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(source.length / 3 + 64);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
            out.write(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }
}
