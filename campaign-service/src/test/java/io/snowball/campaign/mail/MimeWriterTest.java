package io.snowball.campaign.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MimeWriterTest {
    private static final UUID ID = UUID.fromString("01932f3a-0000-7000-8000-000000000001");
    private static final URI UNSUBSCRIBE = URI.create("https://shop.example/u/" + "t".repeat(200));

    @ParameterizedTest
    @EnumSource(TransferEncoding.class)
    void anotherImplementationReadsWhatWasWritten(TransferEncoding encoding) throws Exception {
        String subject = "Анна, ваша скидка 15 % ждёт — только до воскресенья, не пропустите! 🎁 "
                .repeat(4)
                .strip();
        String html =
                "<html><body>\n" + "<p>Здравствуйте!</p>".repeat(100) + "\n.\n\ttab  and spaces  \n= 3D</body></html>";
        Mail mail = mail("Магазин «Снежок»", subject, "Здравствуйте,\nАнна!\n", html);

        byte[] bytes = new MimeWriter(encoding, Optional.empty()).write(mail);
        MimeMessage message = parse(bytes);

        assertThat(message.getSubject()).isEqualTo(subject);
        assertThat(((InternetAddress) message.getFrom()[0]).getPersonal()).isEqualTo("Магазин «Снежок»");
        assertThat(((InternetAddress) message.getAllRecipients()[0]).getAddress())
                .isEqualTo("anna@xn--e1afmkfd.xn--p1ai");
        assertThat(message.getMessageID()).isEqualTo("<" + ID + "@shop.example>");
        assertThat(message.getSentDate()).isEqualTo(Date.from(mail.date()));
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(content(parts, 0)).isEqualTo("Здравствуйте,\nАнна!\n");
        assertThat(content(parts, 1)).isEqualTo(html);
        assertLines(bytes);
    }

    private static String content(MimeMultipart parts, int index) throws Exception {
        return ((String) parts.getBodyPart(index).getContent()).replace("\r\n", "\n");
    }

    /** RFC 8058 and the rules of the large mailbox providers. */
    @Test
    void oneClickUnsubscribeIsOnOneLineEach() {
        String head = head(mail(null, "Тема", "t", "<p>h</p>"));
        assertThat(head)
                .contains("\r\nList-Unsubscribe: <" + UNSUBSCRIBE + ">\r\n")
                .contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")
                .contains("\r\nFeedback-ID: c1:g1:promo:snowball\r\n")
                .contains("\r\nPrecedence: bulk\r\n")
                .contains("\r\nDate: Wed, 1 Jul 2026 06:05:04 +0000\r\n")
                .contains("\r\nMIME-Version: 1.0\r\n");
    }

    @Test
    void lineTooLongFor8bitIsQuoted() {
        MimeWriter writer = new MimeWriter(TransferEncoding.EIGHT_BIT, Optional.empty());
        byte[] bytes = writer.write(mail(null, "s", "коротко", "<p>" + "длинно ".repeat(500) + "</p>"));
        assertThat(new String(bytes, UTF_8))
                .contains("text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit")
                .contains("text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable");
        assertLines(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nBcc: x@y", "a\nb", "a\rb", "a\0b", "a\u0085b", "a\u2028b", "\u007f"})
    void headerThatWouldEndItsLineIsRefused(String evil) {
        assertThatThrownBy(() -> head(mail(null, evil, "t", "h")))
                .isInstanceOf(MailException.class)
                .hasMessageContaining("Subject");
        assertThatThrownBy(() -> head(mail(evil, "s", "t", "h"))).isInstanceOf(MailException.class);
        assertThatThrownBy(() -> Mailbox.of("a" + evil + "@b.example")).isInstanceOf(MailException.class);
        assertThatThrownBy(() -> Mailbox.of("a@b" + evil + ".example")).isInstanceOf(MailException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?UTF-8?B?SGVsbG8=?=",
                "plain",
                "many words that go on and on so that the line must be folded somewhere, but never within a word of it",
                "x  two  spaces ",
                "a\\b\"c"
            })
    void subjectReadsAsItWasWritten(String subject) throws Exception {
        byte[] bytes = new MimeWriter(TransferEncoding.QUOTED_PRINTABLE, Optional.empty())
                .write(mail(subject, subject, "t", "h"));
        assertThat(parse(bytes).getSubject()).isEqualTo(subject);
        assertThat(((InternetAddress) parse(bytes).getFrom()[0]).getPersonal()).isEqualTo(subject);
        assertLines(bytes);
    }

    @Test
    void nothingPersonalInTexts() {
        Mailbox box = Mailbox.of("anna@example.ru", "Анна");
        assertThat(box.toString()).doesNotContain("anna");
        assertThat(mail(null, "s", "t", "h").toString()).doesNotContain("anna");
        assertThatThrownBy(() -> Mailbox.of("anna at example.ru")).hasMessageNotContainingAny("anna");
        assertThatThrownBy(() -> Mailbox.of("anna@exa mple.ru"))
                .hasMessageNotContainingAny("anna", "mple")
                .hasNoCause();
    }

    static Mail mail(@Nullable String fromName, String subject, String text, String html) {
        return new Mail(
                ID,
                Instant.parse("2026-07-01T06:05:04Z"),
                Mailbox.of("news@shop.example", fromName),
                Mailbox.of("anna@пример.рф"),
                Optional.empty(),
                subject,
                text,
                html,
                Optional.of(UNSUBSCRIBE),
                Optional.of("c1:g1:promo:snowball"),
                true);
    }

    private static String head(Mail mail) {
        byte[] bytes = new MimeWriter(TransferEncoding.QUOTED_PRINTABLE, Optional.empty()).write(mail);
        String all = new String(bytes, UTF_8);
        return all.substring(0, all.indexOf("\r\n\r\n") + 2);
    }

    static MimeMessage parse(byte[] bytes) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
    }

    private static void assertLines(byte[] bytes) {
        String all = new String(bytes, UTF_8);
        assertThat(all.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
        for (String line : all.split("\r\n", -1)) {
            assertThat(line.getBytes(UTF_8).length).isLessThanOrEqualTo(998);
        }
    }
}
