import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipInputStream;

/**
 * Checks a consent proof package without the system that made it: java VerifyProof.java proof.zip [keys.txt]. Give keys.txt from
 * another source than the package, and nobody but the owner of the key can have made it.
 */
public class VerifyProof {
    private final Map<String, byte[]> files;
    private final Map<String, PublicKey> keys = new HashMap<>();
    private int faults;

    VerifyProof(Map<String, byte[]> files) {
        this.files = files;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            System.err.println("java VerifyProof.java proof.zip [keys.txt]");
            System.exit(2);
        }
        Map<String, byte[]> files = unpack(Files.readAllBytes(Path.of(arguments[0])));
        byte[] keys = arguments.length > 1 ? Files.readAllBytes(Path.of(arguments[1])) : files.get("keys.txt");
        int faults = new VerifyProof(files).verify(keys);
        System.out.println(faults == 0 ? "OK: nothing was changed" : faults + " fault(s)");
        System.exit(faults == 0 ? 0 : 1);
    }

    static Map<String, byte[]> unpack(byte[] zip) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new java.io.ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    int verify(byte[] keyFile) throws Exception {
        for (String line : text(keyFile).split("\n")) {
            String[] parts = line.split(" ");
            keys.put(parts[0], key(HexFormat.of().parseHex(parts[1])));
        }
        check(signed("manifest.jws", file("manifest.txt")), "manifest.txt is signed");
        Map<String, String> listed = new TreeMap<>();
        for (String line : text(file("manifest.txt")).split("\n")) {
            listed.put(line.substring(66), line.substring(0, 64));
        }
        listed.forEach((name, hash) -> check(hex(sha256(file(name))).equals(hash), name + " is as listed"));
        check(files.size() == listed.size() + 2, "no file is there that is not listed");
        String previous = null;
        for (String name : files.keySet()) {
            if (name.matches("events/.*\\.txt")) {
                previous = event(name, previous);
            } else if (name.matches("events/.*\\.gone")) {
                previous = gone(name);
            }
        }
        return faults;
    }

    /** Of an event whose term of keeping was over only the hash is left, and that it was sealed. */
    private String gone(String name) throws Exception {
        String[] path = text(file(name)).split("\n");
        byte[] leaf = HexFormat.of().parseHex(path[1].substring("leaf ".length()));
        int sequence = Integer.parseInt(name.replaceAll("\\D", ""));
        check(ByteBuffer.wrap(leaf).getInt(2 * Long.BYTES) == sequence, name + " is the leaf of its path");
        rooted(name, leaf, path);
        return hex(Arrays.copyOfRange(leaf, leaf.length - 32, leaf.length));
    }

    /** The hash of an event is that of its text; it names the one before and the document. */
    private String event(String name, String previous) throws Exception {
        byte[] bytes = file(name);
        Map<String, String> fields = fields(bytes);
        String hash = hex(sha256(bytes));
        check(java.util.Objects.equals(fields.get("previousHash"), previous), name + " follows the event before it");
        String document = fields.get("documentSha256");
        if (document != null) {
            check(hex(sha256(file("documents/" + document + ".txt"))).equals(document), name + " names its document");
        }
        byte[] path = files.get(name.replace(".txt", ".path"));
        if (path == null) {
            System.out.println("  -  " + name + " is not sealed yet");
        } else {
            sealed(name, fields, hash, text(path).split("\n"));
        }
        return hash;
    }

    private void sealed(String name, Map<String, String> fields, String hash, String[] path) throws Exception {
        byte[] leaf = HexFormat.of().parseHex(path[1].substring("leaf ".length()));
        ByteBuffer parts = ByteBuffer.wrap(leaf);
        check(
                new UUID(parts.getLong(), parts.getLong()).toString().equals(fields.get("customerId"))
                        && Integer.toString(parts.getInt()).equals(fields.get("sequence"))
                        && parts.getLong() >= 0
                        && hex(Arrays.copyOfRange(leaf, leaf.length - 32, leaf.length)).equals(hash),
                name + " is the leaf of its path");
        rooted(name, leaf, path);
    }

    private void rooted(String name, byte[] leaf, String[] path) throws Exception {
        String seal = path[0].substring("seal ".length());
        byte[] node = sha256(concat(new byte[] {0}, leaf));
        for (int i = 2; i < path.length; i++) {
            byte[] beside = HexFormat.of().parseHex(path[i].substring(path[i].indexOf(' ') + 1));
            node = path[i].startsWith("left")
                    ? sha256(concat(new byte[] {1}, beside, node))
                    : sha256(concat(new byte[] {1}, node, beside));
        }
        byte[] content = file("seals/" + seal + ".txt");
        check(text(content).contains("\nroot " + hex(node) + "\n"), name + " is under seal " + seal);
        check(signed("seals/" + seal + ".jws", content), "seal " + seal + " is signed");
    }

    /** Lines of name:length:value, where length counts bytes, so a value may hold line ends. */
    private static Map<String, String> fields(byte[] bytes) {
        Map<String, String> fields = new HashMap<>();
        int at = 0;
        while (at < bytes.length) {
            int colon = indexOf(bytes, ':', at);
            String name = new String(bytes, at, colon - at, StandardCharsets.UTF_8);
            if (bytes[colon + 1] == '-') {
                at = colon + 3;
                continue;
            }
            int second = indexOf(bytes, ':', colon + 1);
            int length = Integer.parseInt(new String(bytes, colon + 1, second - colon - 1, StandardCharsets.US_ASCII));
            fields.put(name, new String(bytes, second + 1, length, StandardCharsets.UTF_8));
            at = second + 1 + length + 1;
        }
        return fields;
    }

    private static int indexOf(byte[] bytes, char wanted, int from) {
        int at = from;
        while (bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    private boolean signed(String jwsFile, byte[] content) throws Exception {
        String[] parts = text(file(jwsFile)).split("\\.");
        String header = text(Base64.getUrlDecoder().decode(parts[0]));
        PublicKey key = keys.get(header.replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1"));
        if (key == null || !Arrays.equals(Base64.getUrlDecoder().decode(parts[1]), content)) {
            return false;
        }
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(key);
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    private static PublicKey key(byte[] littleEndian) throws Exception {
        byte[] bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = littleEndian[31 - i];
        }
        boolean odd = bytes[0] < 0;
        bytes[0] &= 0x7f;
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(
                        NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, bytes))));
    }

    private byte[] file(String name) {
        byte[] bytes = files.get(name);
        return bytes == null ? new byte[0] : bytes;
    }

    private void check(boolean holds, String what) {
        System.out.println((holds ? "  ok " : "FAULT ") + what);
        faults += holds ? 0 : 1;
    }

    private static byte[] concat(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
