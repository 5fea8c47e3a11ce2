package io.snowball.campaign.mail;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/**
 * A key to sign for a domain; the public half is at {@code <selector>._domainkey.<domain>} in DNS. RSA or Ed25519, told by the key.
 *
 * @param provider who computes the signature; empty for what the JDK chooses. A faster one needs nothing else of us.
 */
public record DkimKey(String domain, String selector, PrivateKey key, Optional<Provider> provider) {
    private static final int RSA_BITS_MIN = 1024;

    public DkimKey {
        HeaderText.checkedAscii("DKIM-Signature", domain + selector);
        if (key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() < RSA_BITS_MIN) {
            throw new MailException("The DKIM key is too short: RSA needs 1024 bits at least, 2048 is usual.");
        }
        if (!(key instanceof RSAPrivateKey) && !isEd25519(key)) {
            throw new MailException("The DKIM key must be an RSA or an Ed25519 key.");
        }
    }

    /** From the PEM text of a PKCS #8 key, as {@code openssl genpkey} writes it. */
    public static DkimKey ofPem(String domain, String selector, String pem) {
        return ofPem(domain, selector, pem, Optional.empty());
    }

    /** @param provider who reads the key and signs by it; one that can't leaves both to the JDK */
    public static DkimKey ofPem(String domain, String selector, String pem, Optional<Provider> provider) {
        if (!pem.contains("-----BEGIN PRIVATE KEY-----")) {
            throw new MailException(
                    "The DKIM key must be an unencrypted PKCS #8 key in PEM: convert it by openssl pkcs8 -topk8 -nocrypt.");
        }
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        } catch (IllegalArgumentException e) {
            throw new MailException("The DKIM key is damaged: its PEM text holds no base64.");
        }
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der);
        for (String algorithm : new String[] {"RSA", "Ed25519"}) {
            try {
                PrivateKey key = provider.isPresent()
                        ? KeyFactory.getInstance(algorithm, provider.get()).generatePrivate(spec)
                        : KeyFactory.getInstance(algorithm).generatePrivate(spec);
                return new DkimKey(domain, selector, key, provider);
            } catch (GeneralSecurityException _) {
                // not a key of this kind; the next one is tried
            }
        }
        if (provider.isPresent()) {
            return ofPem(domain, selector, pem, Optional.empty());
        }
        throw new MailException("The DKIM key must be an RSA or an Ed25519 key.");
    }

    String algorithm() {
        return isEd25519(key) ? "ed25519-sha256" : "rsa-sha256";
    }

    /** The signature over the canonical headers; Ed25519 signs their SHA-256 (RFC 8463, 3). */
    byte[] sign(byte[] canonical) {
        try {
            boolean edwards = isEd25519(key);
            String name = edwards ? "Ed25519" : "SHA256withRSA";
            Signature signature =
                    provider.isPresent() ? Signature.getInstance(name, provider.get()) : Signature.getInstance(name);
            signature.initSign(key);
            signature.update(edwards ? DkimSigner.sha256(canonical) : canonical);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The DKIM key of " + domain + " can't sign: " + e.getMessage(), e);
        }
    }

    private static boolean isEd25519(PrivateKey key) {
        return key.getAlgorithm().equals("Ed25519") || key.getAlgorithm().equals("EdDSA");
    }

    @Override
    public String toString() {
        return "DkimKey[" + selector + "._domainkey." + domain + "]";
    }
}
