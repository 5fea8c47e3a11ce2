package io.snowball.consent.paper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;

/** The bytes of a PDF (ISO 32000-1): numbered objects, a table of where each begins, a trailer. */
final class PdfFile {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64 << 10);
    private final List<Integer> offsets = new ArrayList<>();

    PdfFile() {
        // Four bytes above 127 say that it is not a text.
        write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
    }

    /** Numbers are given before the objects are known that they name. */
    int reserve() {
        offsets.add(-1);
        return offsets.size();
    }

    int add(String dictionary) {
        return put(reserve(), dictionary);
    }

    int put(int number, String dictionary) {
        begin(number);
        write(dictionary + "\nendobj\n");
        return number;
    }

    /** @param entries of the stream's dictionary, without its length */
    int addStream(String entries, byte[] content, boolean compressed) {
        int number = reserve();
        byte[] stored = compressed ? deflated(content) : content;
        begin(number);
        write("<< " + entries + (compressed ? " /Filter /FlateDecode" : "") + " /Length " + stored.length
                + " >>\nstream\n");
        out.writeBytes(stored);
        write("\nendstream\nendobj\n");
        return number;
    }

    byte[] finish(int catalog) {
        String id = fingerprint(out.toByteArray());
        int table = out.size();
        StringBuilder end = new StringBuilder("xref\n0 " + (offsets.size() + 1) + "\n0000000000 65535 f \n");
        offsets.forEach(offset -> end.append("%010d 00000 n \n".formatted(offset)));
        end.append("trailer\n<< /Size " + (offsets.size() + 1) + " /Root " + catalog + " 0 R /ID [<" + id + "> <" + id
                + ">] >>\nstartxref\n" + table + "\n%%EOF\n");
        write(end.toString());
        return out.toByteArray();
    }

    private void begin(int number) {
        offsets.set(number - 1, out.size());
        write(number + " 0 obj\n");
    }

    private void write(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Of what is in it and not of the clock: the same paper is the same file. */
    private static String fingerprint(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    private static byte[] deflated(byte[] content) {
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
            deflater.setInput(content);
            deflater.finish();
            ByteArrayOutputStream result = new ByteArrayOutputStream(content.length / 2 + 64);
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                result.write(buffer, 0, deflater.deflate(buffer));
            }
            return result.toByteArray();
        }
    }
}
