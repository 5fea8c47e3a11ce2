package io.snowball.campaign.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RSA is verified by Apache James; Ed25519, which it doesn't know, by the key and example of RFC 8463. */
class DkimSignerTest {
    private static final String HTML = "<html><body>\n<p>Привет,  Анна \t</p>\n\n\n.\n</body></html>\n\n\n";

    @ParameterizedTest
    @EnumSource(TransferEncoding.class)
    void independentVerifierAcceptsTheSignature(TransferEncoding encoding) throws Exception {
        KeyPair keys = rsa();
        byte[] signed = sign(keys, encoding);
        assertThat(verify(keys, signed)).isEqualTo(1);
        String header = new String(signed, UTF_8);
        assertThat(header).startsWith("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=shop.example;");
        assertThat(header)
                .contains("h=from:to:subject:date:message-id:mime-version:content-type:list-unsubscribe:"
                        + "list-unsubscribe-post:from;");
    }

    @Test
    void changedMessageIsRefused() throws Exception {
        KeyPair keys = rsa();
        String signed = new String(sign(keys, TransferEncoding.EIGHT_BIT), UTF_8);
        for (String changed : List.of(
                signed.replace("Анна", "Инна"),
                signed.replace("One-Click", "Two-Click"),
                signed.replace("Subject: ", "Subject: x"),
                // a second From, which a mail client might show
                signed.replace("To: ", "From: evil@example.ru\r\nTo: "))) {
            assertThat(changed).isNotEqualTo(signed);
            assertThatThrownBy(() -> verify(keys, changed.getBytes(UTF_8))).isInstanceOf(FailException.class);
        }
    }

    @Test
    void severalKeysSignOneMessage() throws Exception {
        KeyPair rsa = rsa();
        KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        DkimSigner signer = new DkimSigner(List.of(key(rsa), key(edwards)));
        byte[] signed = new MimeWriter(TransferEncoding.QUOTED_PRINTABLE, Optional.of(signer)).write(mail());

        String text = new String(signed, US_ASCII);
        assertThat(text).contains("a=rsa-sha256").contains("a=ed25519-sha256");
        assertThat(verifiesEd25519(text, edwards.getPublic())).isTrue();
        assertThat(verifiesEd25519(text.replace("Subject: ", "Subject: x"), edwards.getPublic()))
                .isFalse();
    }

    /** Where there is none for this machine, the JDK does it, and the same must hold. */
    @Test
    void fasterProviderSignsWhatOthersVerify() throws Exception {
        KeyPair rsa = rsa();
        KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Optional<Provider> faster = FasterCrypto.find();
        DkimSigner signer = new DkimSigner(List.of(
                DkimKey.ofPem("shop.example", "s1", pem(rsa), faster),
                DkimKey.ofPem("shop.example", "s2", pem(edwards), faster)));
        byte[] signed = new MimeWriter(TransferEncoding.EIGHT_BIT, Optional.of(signer)).write(mail());
        assertThat(verify(rsa, signed)).isEqualTo(1);
        assertThat(verifiesEd25519(new String(signed, UTF_8), edwards.getPublic()))
                .isTrue();
    }

    @Test
    void doesWithoutAProviderThatIsAbsentOrReadsNoSuchKey() throws Exception {
        assertThat(FasterCrypto.load("com.example.NoSuchProvider")).isEmpty();
        KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        DkimKey key = DkimKey.ofPem("d", "s", pem(edwards), Optional.of(Security.getProvider("SunRsaSign")));
        assertThat(key.provider()).isEmpty();
        assertThat(key.sign(new byte[] {1})).hasSize(64);
    }

    /** RFC 8463, appendix A: key, message and the two hashes and signature that must come out. */
    @Test
    void ed25519IsAsInTheStandard() throws Exception {
        byte[] seed = Base64.getDecoder().decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=");
        var key = new DkimKey(
                "football.example.com",
                "brisbane",
                KeyFactory.getInstance("Ed25519")
                        .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)),
                Optional.empty());
        String body = "Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";
        assertThat(Base64.getEncoder()
                        .encodeToString(DkimSigner.sha256(DkimSigner.relaxedBody(body.getBytes(US_ASCII)))))
                .isEqualTo("2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");

        String from = "From: Joe SixPack <joe@football.example.com>";
        String to = "To: Suzie Q <suzie@shopping.example.net>";
        String subject = "Subject: Is dinner ready?";
        String date = "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)";
        String id = "Message-ID: <20030712040037.46341.5F8J@football.example.com>";
        String signature = """
                DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r
                 d=football.example.com; i=@football.example.com;\r
                 q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r
                 subject : date : message-id : from : subject : date;\r
                 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r
                 b=""";
        StringBuilder canonical = new StringBuilder();
        for (String field : List.of(from, to, subject, date, id)) {
            canonical.append(DkimSigner.relaxedHeader(field));
        }
        canonical.append(DkimSigner.relaxedHeader(signature).stripTrailing());
        assertThat(Base64.getEncoder()
                        .encodeToString(key.sign(canonical.toString().getBytes(US_ASCII))))
                .isEqualTo("/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==");
    }

    @Test
    void canonicalFormsAreAsInTheStandard() {
        // RFC 6376, 3.4.5
        assertThat(DkimSigner.relaxedHeader("A: X")).isEqualTo("a:X\r\n");
        assertThat(DkimSigner.relaxedHeader("B : Y\t\r\n\tZ  ")).isEqualTo("b:Y Z\r\n");
        assertThat(new String(DkimSigner.relaxedBody(" C \r\nD \t E\r\n\r\n\r\n".getBytes(US_ASCII)), US_ASCII))
                .isEqualTo(" C\r\nD E\r\n");
        assertThat(DkimSigner.relaxedBody(new byte[0])).isEmpty();
        assertThat(DkimSigner.relaxedBody("\r\n\r\n".getBytes(US_ASCII))).isEmpty();
    }

    @Test
    void keyIsReadFromPemOrRefusedWithASentence() throws Exception {
        for (String algorithm : List.of("RSA", "Ed25519")) {
            KeyPair keys = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
            assertThat(DkimKey.ofPem("shop.example", "s1", pem(keys)).key()).isEqualTo(keys.getPrivate());
        }
        assertThatThrownBy(() -> DkimKey.ofPem("d", "s", "-----BEGIN RSA PRIVATE KEY-----\nAAAA"))
                .isInstanceOf(MailException.class)
                .hasMessageContaining("openssl pkcs8");
        assertThatThrownBy(
                        () -> DkimKey.ofPem("d", "s", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"))
                .isInstanceOf(MailException.class);
    }

    private static String pem(KeyPair keys) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static KeyPair rsa() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static DkimKey key(KeyPair keys) {
        return new DkimKey("shop.example", "s1", keys.getPrivate(), Optional.empty());
    }

    private static Mail mail() {
        return MimeWriterTest.mail("Магазин", "Скидка для вас,  Анна", "Привет, Анна\n", HTML);
    }

    private static byte[] sign(KeyPair keys, TransferEncoding encoding) {
        return new MimeWriter(encoding, Optional.of(new DkimSigner(List.of(key(keys))))).write(mail());
    }

    private static int verify(KeyPair keys, byte[] message) throws Exception {
        String record = "v=DKIM1; k=rsa; p="
                + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        DKIMVerifier verifier = new DKIMVerifier((methods, selector, token) -> List.of(record));
        return verifier.verify(new ByteArrayInputStream(message)).size();
    }

    /** Written after RFC 6376, 3.7, apart from the code that signs: the canonical form by regular expressions. */
    private static boolean verifiesEd25519(String message, PublicKey key) throws Exception {
        String head = message.substring(0, message.indexOf("\r\n\r\n") + 2).replaceAll("\r\n[ \t]+", " ");
        Matcher signature = Pattern.compile("(?md)^DKIM-Signature: (.*a=ed25519-sha256.*)\r$")
                .matcher(head);
        assertThat(signature.find()).isTrue();
        String value = signature.group(1);
        StringBuilder signed = new StringBuilder();
        List<String> names = List.of(value.replaceAll(".* h=([^;]*);.*", "$1").split(":"));
        for (String name : names.subList(0, names.size() - 1)) {
            Matcher field = Pattern.compile("(?mid)^" + name + ": *(.*)\r$").matcher(head);
            assertThat(field.find()).as(name).isTrue();
            signed.append(name)
                    .append(':')
                    .append(field.group(1).replaceAll("[ \t]+", " ").strip())
                    .append("\r\n");
        }
        String b = value.replaceAll(".* b=", "").replace(" ", "");
        signed.append("dkim-signature:")
                .append(value.replaceAll("(.* b=).*", "$1")
                        .replaceAll("[ \t]+", " ")
                        .strip());
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(DkimSigner.sha256(signed.toString().getBytes(US_ASCII)));
        return verifier.verify(Base64.getDecoder().decode(b));
    }
}
