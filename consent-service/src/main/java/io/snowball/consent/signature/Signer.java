package io.snowball.consent.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.snowball.consent.ConsentConfig;
import io.snowball.platform.security.KeyedHash;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Signs, and checks what was signed. Ed25519 gives the same signature for the same bytes, so a document can be made again. */
@ApplicationScoped
public class Signer {
    private static final String ED25519 = "Ed25519";
    private static final JsonMapper JSON = new JsonMapper();
    private static final int RAW_KEY_LENGTH = 32;

    private final KeyPair keys;
    private final String kid;

    Signer(ConsentConfig config) {
        this.keys = derived(config.signingKey());
        this.kid = thumbprint(raw(keys.getPublic()));
    }

    /** A compact JWS as its parts. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Jws(String kid, byte[] payload, byte[] signed, byte[] signature) {}

    /** The JWK thumbprint (RFC 7638) of the key in use. */
    public String kid() {
        return kid;
    }

    /** The key in use, as X.509 SubjectPublicKeyInfo. */
    byte[] publicKey() {
        return keys.getPublic().getEncoded();
    }

    public String sign(String type, byte[] payload) {
        String header = "{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\",\"typ\":\"" + type + "\"}";
        String signed = base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(payload);
        try {
            Signature signature = Signature.getInstance(ED25519);
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @return nothing where the text is no compact JWS with an EdDSA header */
    public static Optional<Jws> parse(String text) {
        String[] parts = text.strip().split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            Base64.Decoder base64 = Base64.getUrlDecoder();
            JsonNode header = JSON.readTree(base64.decode(parts[0]));
            byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
            return header != null && header.path("alg").asText().equals("EdDSA")
                    ? Optional.of(new Jws(
                            header.path("kid").asText(), base64.decode(parts[1]), signed, base64.decode(parts[2])))
                    : Optional.empty();
        } catch (IllegalArgumentException | IOException _) {
            return Optional.empty();
        }
    }

    static boolean verify(Jws jws, PublicKey key) {
        try {
            Signature signature = Signature.getInstance(ED25519);
            signature.initVerify(key);
            signature.update(jws.signed());
            return signature.verify(jws.signature());
        } catch (GeneralSecurityException _) {
            // A signature of the wrong length is no signature.
            return false;
        }
    }

    /** The 32 bytes of a JWK's {@code x}: the end of the X.509 form. */
    static byte[] raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - RAW_KEY_LENGTH, encoded.length);
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String thumbprint(byte[] raw) {
        String jwk = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + base64(raw) + "\"}";
        try {
            return base64(MessageDigest.getInstance("SHA-256").digest(jwk.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A generator asks its source of randomness for the private key's 32 bytes: given those, it makes the pair that belongs to them. */
    private static KeyPair derived(String secret) {
        try {
            byte[] seed = KeyedHash.key(secret, "snowball ed25519 v1");
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ED25519);
            generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
