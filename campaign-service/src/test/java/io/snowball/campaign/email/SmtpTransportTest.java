package io.snowball.campaign.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.campaign.CampaignConfig;
import io.snowball.campaign.FakeSiblings;
import io.snowball.campaign.MailSink;
import io.snowball.campaign.email.EmailComposer.Mailing;
import io.snowball.campaign.sibling.Addresses.Addressee;
import io.snowball.campaign.smtp.Envelope;
import io.snowball.campaign.smtp.Fate;
import io.snowball.campaign.smtp.Outcome;
import io.snowball.campaign.template.EmailTemplate;
import io.snowball.campaign.template.Variables;
import io.snowball.platform.id.Ids;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From template to mail server, for real. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeSiblings.class)
@WithTestResource(MailSink.class)
class SmtpTransportTest {
    @Inject
    EmailComposer composer;

    @Inject
    Vertx vertx;

    @Inject
    CampaignConfig config;

    @Test
    void deliversAMailThatCanBeUnsubscribedFromWithOneClick() throws Exception {
        EmailTemplate template = EmailTemplate.compile(
                new EmailTemplate.Source(
                        "Скидки, {{ customer.first_name }}", "<p>{{ customer.first_name }}</p>", Optional.empty()),
                Variables.of("customer.first_name"));
        Mailing mailing =
                new Mailing(Ids.next(), "Осень", template, "marketing", true, Instant.parse("2027-03-08T07:00:00Z"));
        String address = "c" + Ids.next() + "@example.test";
        Envelope envelope =
                composer.compose(mailing, Ids.next(), new Addressee(Ids.next(), address, "Ёжик", null, null, "ru"));
        List<Outcome> outcomes = new SmtpTransport(vertx, config)
                .handOver(List.of(envelope), () -> true)
                .await()
                .indefinitely();
        assertThat(outcomes).extracting(Outcome::fate).containsExactly(Fate.ACCEPTED);

        MimeMessage mail = received(address);
        assertThat(mail.getSubject()).isEqualTo("Скидки, Ёжик");
        assertThat(mail.getHeader("X-Snowball-Message"))
                .containsExactly(envelope.id().toString());
        assertThat(mail.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        assertThat(mail.getHeader("List-Unsubscribe")[0]).startsWith("<http://localhost:8080/u/");
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getBodyPart(0).getContent().toString()).contains("Ёжик");
        assertThat(parts.getBodyPart(1).getContent().toString()).contains("/o/");
    }

    @Test
    void sendsServiceMessagesWithoutAWayOut() throws Exception {
        EmailTemplate template = EmailTemplate.compile(
                new EmailTemplate.Source("Код", "<p>1234</p>", Optional.empty()), Variables.of("customer.first_name"));
        Mailing mailing =
                new Mailing(Ids.next(), "Коды", template, "marketing", false, Instant.parse("2027-03-08T07:00:00Z"));
        Envelope envelope = composer.compose(
                mailing, Ids.next(), new Addressee(Ids.next(), "a@example.test", null, null, null, null));
        assertThat(new String(envelope.message(), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("List-Unsubscribe")
                .doesNotContain("/u/");
    }

    private static MimeMessage received(String address) {
        return Arrays.stream(MailSink.server().getReceivedMessages())
                .filter(mail -> {
                    try {
                        return mail.getAllRecipients()[0].toString().equals(address);
                    } catch (jakarta.mail.MessagingException failure) {
                        throw new IllegalStateException(failure);
                    }
                })
                .findFirst()
                .orElseThrow();
    }
}
