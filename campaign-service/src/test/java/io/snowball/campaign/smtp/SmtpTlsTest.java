package io.snowball.campaign.smtp;

import static io.snowball.campaign.smtp.SmtpTestKit.envelope;
import static io.snowball.campaign.smtp.SmtpTestKit.once;
import static io.snowball.campaign.smtp.SmtpTestKit.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.campaign.smtp.ScriptedServer.Script;
import io.snowball.campaign.smtp.SmtpSettings.Login;
import io.snowball.campaign.smtp.SmtpSettings.Mode;
import io.snowball.campaign.smtp.SmtpSettings.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SmtpTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    private static SSLContext context;
    private static String certificate;
    private static final Login LOGIN = new Login("user", "s3cret", false);
    private static final Login LOGIN_IN_CLEAR = new Login("user", "s3cret", true);

    @BeforeAll
    static void makeCertificate() throws Exception {
        Path store = folder.resolve("key.p12");
        Path pem = folder.resolve("cert.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "k",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                store);
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        String base64 =
                Base64.getMimeEncoder().encodeToString(keys.getCertificate("k").getEncoded());
        Files.writeString(pem, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
        certificate = pem.toString();
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
    }

    private static void keytool(Object... args) throws Exception {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        for (Object arg : args) {
            if (arg instanceof Path path) {
                command.addAll(List.of("-keystore", path.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
            } else {
                command.add(arg.toString());
            }
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static final Script STARTTLS = with -> {
        with.hello("STARTTLS");
        with.answer("220 go ahead");
        with.startTls(context);
        with.helloAgain("PIPELINING", "8BITMIME", "AUTH PLAIN LOGIN");
        with.takeAll();
    };

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"REQUIRED", "OPPORTUNISTIC"})
    void messageGoesThroughStartTls(Mode mode) throws Exception {
        try (ScriptedServer server = new ScriptedServer(STARTTLS)) {
            assertThat(send("localhost", server, mode, certificate, false).fate())
                    .isEqualTo(Fate.ACCEPTED);
            assertThat(server.commands.subList(0, 3)).containsExactly("EHLO localhost", "STARTTLS", "EHLO localhost");
            assertThat(server.complete).hasSize(1);
        }
    }

    @Test
    void messageGoesThroughImplicitTls() throws Exception {
        Script script = with -> {
            with.startTls(context);
            ScriptedServer.friendly(with);
        };
        try (ScriptedServer server = new ScriptedServer(script)) {
            assertThat(send("localhost", server, Mode.IMPLICIT, certificate, false)
                            .fate())
                    .isEqualTo(Fate.ACCEPTED);
        }
    }

    @Test
    void unknownCertificateIsRefusedWhereItCounts() throws Exception {
        try (ScriptedServer server = new ScriptedServer(STARTTLS)) {
            assertThat(send("localhost", server, Mode.REQUIRED, "", false).fate())
                    .isEqualTo(Fate.NOT_SENT);
            assertThat(send("localhost", server, Mode.REQUIRED, "", true).fate())
                    .isEqualTo(Fate.ACCEPTED);
            assertThat(send("localhost", server, Mode.OPPORTUNISTIC, "", false).fate())
                    .isEqualTo(Fate.ACCEPTED);
        }
    }

    @Test
    void certificateOfAnotherHostIsRefused() throws Exception {
        try (ScriptedServer server = new ScriptedServer(STARTTLS)) {
            assertThat(send("127.0.0.1", server, Mode.REQUIRED, certificate, false)
                            .fate())
                    .isEqualTo(Fate.NOT_SENT);
            assertThat(server.complete).isEmpty();
        }
    }

    @Test
    void serverWithoutTlsGetsNothingWhereTlsIsRequired() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::friendly)) {
            Outcome outcome = send("localhost", server, Mode.REQUIRED, certificate, false);
            assertThat(outcome.fate()).isEqualTo(Fate.NOT_SENT);
            assertThat(outcome.text()).contains("STARTTLS");
            assertThat(server.complete).isEmpty();
            assertThat(send("localhost", server, Mode.OPPORTUNISTIC, certificate, false)
                            .fate())
                    .isEqualTo(Fate.ACCEPTED);
        }
    }

    /** Whoever sits on the line could put answers behind the one to STARTTLS. */
    @Test
    void plainTextBehindTheAnswerToStartTlsIsRefused() throws Exception {
        Script injecting = with -> {
            with.hello("STARTTLS");
            with.answer("220 go ahead\r\n250 AUTH PLAIN");
            with.waitForever();
        };
        try (ScriptedServer server = new ScriptedServer(injecting)) {
            assertThat(send("localhost", server, Mode.REQUIRED, certificate, false)
                            .fate())
                    .isEqualTo(Fate.NOT_SENT);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"OFF", "OPPORTUNISTIC"})
    void passwordIsNotSentWithoutTls(Mode mode) throws Exception {
        Script stripped = with -> {
            with.hello("AUTH PLAIN LOGIN");
            with.takeAll();
        };
        try (ScriptedServer server = new ScriptedServer(stripped)) {
            SmtpSettings settings = tls("localhost", server, mode, "", false).withLogin(LOGIN);
            Outcome outcome = once(settings, List.of(ascii())).getFirst();
            assertThat(outcome.fate()).isEqualTo(Fate.NOT_SENT);
            assertThat(server.commands).noneMatch(command -> command.startsWith("AUTH"));
        }
    }

    @Test
    void logsInByPlain() throws Exception {
        try (ScriptedServer server = new ScriptedServer(STARTTLS)) {
            SmtpSettings settings =
                    tls("localhost", server, Mode.REQUIRED, certificate, false).withLogin(LOGIN);
            assertThat(once(settings, List.of(ascii())).getFirst().fate()).isEqualTo(Fate.ACCEPTED);
            assertThat(server.commands).contains("AUTH PLAIN " + base64("\0user\0s3cret"));
        }
    }

    @Test
    void logsInByLoginWhereThereIsNoPlain() throws Exception {
        Script script = with -> {
            with.hello("AUTH=LOGIN", "AUTH LOGIN");
            with.answer("334 VXNlcm5hbWU6");
            with.answer("334 UGFzc3dvcmQ6");
            with.answer("235 2.7.0 in");
            with.takeAll();
        };
        try (ScriptedServer server = new ScriptedServer(script)) {
            assertThat(once(settings(server.port()).withLogin(LOGIN_IN_CLEAR), List.of(ascii()))
                            .getFirst()
                            .fate())
                    .isEqualTo(Fate.ACCEPTED);
            assertThat(server.commands).containsSequence("AUTH LOGIN", base64("user"), base64("s3cret"));
        }
    }

    @Test
    void refusedLoginSendsNothing() throws Exception {
        Script script = with -> {
            with.hello("AUTH PLAIN");
            with.answer("535 5.7.8 wrong password");
        };
        try (ScriptedServer server = new ScriptedServer(script)) {
            Outcome outcome = once(settings(server.port()).withLogin(LOGIN_IN_CLEAR), List.of(ascii()))
                    .getFirst();
            assertThat(outcome.fate()).isEqualTo(Fate.NOT_SENT);
            assertThat(outcome.text()).contains("535 5.7.8");
        }
    }

    private static Outcome send(String host, ScriptedServer server, Mode mode, String trusted, boolean trustAll) {
        return once(tls(host, server, mode, trusted, trustAll), List.of(ascii()))
                .getFirst();
    }

    private static SmtpSettings tls(String host, ScriptedServer server, Mode mode, String trusted, boolean trustAll) {
        Optional<String> path = trusted.isEmpty() ? Optional.empty() : Optional.of(trusted);
        return SmtpSettings.of(host, server.port()).withResendsMax(0).withTls(new Tls(mode, path, trustAll));
    }

    private static Envelope ascii() {
        return envelope("ivan@example.ru", "Subject: x\r\n\r\nhi\r\n".getBytes(UTF_8));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
