package io.snowball.campaign.smtp;

import static io.snowball.campaign.smtp.SmtpTestKit.envelope;
import static io.snowball.campaign.smtp.SmtpTestKit.once;
import static io.snowball.campaign.smtp.SmtpTestKit.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.snowball.campaign.smtp.SmtpSettings.Login;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire: the message byte by byte, and what must not go. */
class SmtpMessageTest {
    @Test
    void dotsArriveAsTheyWere() throws Exception {
        String message = ".first\r\n..second\r\n.\r\na.b\r\n...\r\nno line end";
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::friendly)) {
            assertThat(one(server, message).fate()).isEqualTo(Fate.ACCEPTED);
            assertThat(server.complete).containsExactly(message + "\r\n");
        }
    }

    @Test
    void sizeAndEncodingAreAnnouncedWhereTheServerKnowsThem() throws Exception {
        try (ScriptedServer server = new ScriptedServer(with -> {
            with.hello("PIPELINING", "8BITMIME", "SIZE 1000");
            with.takeAll();
        })) {
            one(server, "Привет\r\n");
            assertThat(server.commands).contains("MAIL FROM:<bounce@shop.example> SIZE=14 BODY=8BITMIME");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\r\n", "a\r\n.\nMAIL FROM:<x@y>\r\n", "a\rb\r\n", "a\r", "a\0b\r\n"})
    void messageThatServersReadDifferentlyIsRefused(String message) throws Exception {
        assertRefused(envelope("ivan@example.ru", message.getBytes(UTF_8)));
    }

    @Test
    void linesOfMoreThan998BytesAreRefused() throws Exception {
        assertRefused(envelope("ivan@example.ru", ("a".repeat(999) + "\r\n").getBytes(UTF_8)));
        assertRefused(envelope("ivan@example.ru", "a".repeat(999).getBytes(UTF_8)));
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::friendly)) {
            assertThat(one(server, "a".repeat(998) + "\r\n").fate()).isEqualTo(Fate.ACCEPTED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b>\r\nDATA",
                "a@b\r\nRCPT TO:<c@d>",
                "a b@c",
                "иван@example.ru",
                "a@пример.рф",
                "@b",
                "a@",
                "a",
                "",
                "<a@b>"
            })
    void addressThatCouldSayMoreThanAnAddressIsRefused(String to) throws Exception {
        assertRefused(envelope(to, "x\r\n".getBytes(UTF_8)));
    }

    @Test
    void returnPathMayBeEmptyButNotWrong() throws Exception {
        assertRefused(new Envelope(UUID.randomUUID(), "x\r\n@y", "a@b", "x\r\n".getBytes(UTF_8)));
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::friendly)) {
            Envelope bounce = new Envelope(UUID.randomUUID(), "", "a@b", "x\r\n".getBytes(UTF_8));
            assertThat(once(settings(server.port()), List.of(bounce)).getFirst().fate())
                    .isEqualTo(Fate.ACCEPTED);
            assertThat(server.commands).contains("MAIL FROM:<>");
        }
    }

    @Test
    void whatTheServerCannotTakeIsNotOffered() throws Exception {
        try (ScriptedServer server = new ScriptedServer(with -> {
            with.hello("PIPELINING", "SIZE 20");
            with.takeAll();
        })) {
            List<Outcome> outcomes = once(
                    settings(server.port()),
                    List.of(
                            envelope("a@b", "Привет\r\n".getBytes(UTF_8)),
                            envelope("a@b", "far too long for it\r\n".getBytes(UTF_8)),
                            envelope("a@b", "short\r\n".getBytes(UTF_8))));
            assertThat(outcomes).extracting(Outcome::fate).containsExactly(Fate.REJECTED, Fate.REJECTED, Fate.ACCEPTED);
            assertThat(outcomes.get(0).text()).contains("quoted-printable");
            assertThat(outcomes.get(1).text()).contains("20 at most");
            assertThat(server.complete).hasSize(1);
        }
    }

    @Test
    void realMailServerTakesThem() throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.setUser("user", "s3cret");
        mail.start();
        try {
            List<Envelope> batch = IntStream.range(0, 100)
                    .mapToObj(i -> envelope(
                            "c" + i + "@example.ru", ("Subject: no. " + i + "\r\n\r\nbody\r\n").getBytes(UTF_8)))
                    .toList();
            SmtpSettings settings = settings(mail.getSmtp().getPort())
                    .withConnectionsMax(3)
                    .withLogin(new Login("user", "s3cret", true));
            assertThat(once(settings, batch)).extracting(Outcome::fate).containsOnly(Fate.ACCEPTED);

            List<String> subjects = new ArrayList<>();
            for (var message : mail.getReceivedMessages()) {
                subjects.add(message.getSubject());
            }
            assertThat(subjects).hasSize(100).doesNotHaveDuplicates();
        } finally {
            mail.stop();
        }
    }

    @Test
    void repliesAreReadHoweverTheyAreCut() throws Exception {
        String stream = "220 hi\r\n250-a\r\n250-b\r\n250 c\r\n354\r\n250 lone lf\n";
        for (int size = 1; size <= stream.length(); size++) {
            ReplyParser parser = new ReplyParser();
            List<Reply> replies = new ArrayList<>();
            for (int from = 0; from < stream.length(); from += size) {
                parser.feed(Buffer.buffer(stream.substring(from, Math.min(stream.length(), from + size))));
                for (Reply reply = parser.next(); reply != null; reply = parser.next()) {
                    replies.add(reply);
                }
            }
            assertThat(replies)
                    .containsExactly(
                            new Reply(220, List.of("hi")),
                            new Reply(250, List.of("a", "b", "c")),
                            new Reply(354, List.of("")),
                            new Reply(250, List.of("lone lf")));
            assertThat(parser.hasRest()).isFalse();
        }
    }

    private static Outcome one(ScriptedServer server, String message) {
        return once(settings(server.port()), List.of(envelope("ivan@example.ru", message.getBytes(UTF_8))))
                .getFirst();
    }

    private static void assertRefused(Envelope envelope) throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::friendly)) {
            Outcome outcome = once(settings(server.port()), List.of(envelope)).getFirst();
            assertThat(outcome.fate()).isEqualTo(Fate.REJECTED);
            assertThat(outcome.step()).isEqualTo(Step.CHECK);
            assertThat(server.commands).noneMatch(command -> command.startsWith("MAIL"));
        }
    }
}
