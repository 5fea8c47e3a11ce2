package io.snowball.consent.proof;

import io.snowball.consent.document.Sha256;
import io.snowball.consent.signature.Signer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files in a ZIP with a signed list of their hashes. The same files give the same bytes. */
final class ProofZip {
    private static final String LIST = "manifest.txt";
    /** ZIP has no time zones; a fixed moment keeps the bytes the same everywhere. */
    private static final java.time.LocalDateTime NO_TIME = java.time.LocalDateTime.of(2000, 1, 1, 0, 0);

    private final Map<String, String> files = new TreeMap<>();

    void add(String name, String text) {
        files.put(name, text);
    }

    byte[] signed(Signer signer) {
        StringBuilder list = new StringBuilder();
        files.forEach((name, text) ->
                list.append(Sha256.hex(text)).append("  ").append(name).append('\n'));
        String manifest = list.toString();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                put(zip, file.getKey(), file.getValue());
            }
            put(zip, LIST, manifest);
            put(zip, "manifest.jws", signer.sign("consent-proof", manifest.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
