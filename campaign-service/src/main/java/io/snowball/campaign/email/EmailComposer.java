package io.snowball.campaign.email;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.snowball.campaign.CampaignConfig;
import io.snowball.campaign.mail.DkimKey;
import io.snowball.campaign.mail.DkimSigner;
import io.snowball.campaign.mail.FasterCrypto;
import io.snowball.campaign.mail.Mail;
import io.snowball.campaign.mail.MailException;
import io.snowball.campaign.mail.Mailbox;
import io.snowball.campaign.mail.MimeWriter;
import io.snowball.campaign.sibling.Addresses.Addressee;
import io.snowball.campaign.smtp.Envelope;
import io.snowball.campaign.template.EmailTemplate;
import io.snowball.campaign.template.EmailTemplate.Rendered;
import io.snowball.campaign.template.Links;
import io.snowball.campaign.template.MailValues;
import io.snowball.campaign.template.TemplateException;
import io.snowball.campaign.tracking.MessageLinks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes the mail for one customer: rendered, with its own links, as MIME, signed. Uses the processor; not for an event loop. */
@ApplicationScoped
public class EmailComposer {
    private static final String CHANNEL = "EMAIL";
    private static final String ID_HEADER = "X-Snowball-Message: ";

    private final MessageLinks links;
    private final Mailbox from;
    private final Optional<Mailbox> replyTo;
    private final boolean signed;
    private final MimeWriter writer;

    EmailComposer(MessageLinks links, CampaignConfig config) {
        this.links = links;
        this.from = Mailbox.of(config.sender().address(), config.sender().name());
        this.replyTo = config.sender().replyTo().map(Mailbox::of);
        Optional<DkimSigner> signer = signer(config.dkim());
        this.signed = signer.isPresent();
        this.writer = new MimeWriter(config.sender().encoding(), signer);
    }

    /** What all mails of a campaign share. {@code advertising} can be unsubscribed from. */
    public record Mailing(
            UUID campaignId,
            String campaignName,
            EmailTemplate template,
            String purpose,
            boolean advertising,
            Instant date) {}

    /** A mail that can't be made for this customer; says why without quoting anything of theirs. */
    public static final class Unfit extends Exception {
        Unfit(String reason) {
            super(reason);
        }
    }

    /** @throws Unfit where this customer's address or values make no mail */
    public Envelope compose(Mailing mailing, UUID messageId, Addressee to) throws Unfit {
        Optional<String> unsubscribe = mailing.advertising()
                ? Optional.of(links.unsubscribe(messageId, to.customerId(), mailing.purpose(), CHANNEL))
                : Optional.empty();
        try {
            Rendered rendered = mailing.template()
                    .render(
                            new MailValues(
                                            to.firstName(),
                                            to.lastName(),
                                            to.language(),
                                            to.timeZone(),
                                            mailing.campaignName())
                                    .toMap(),
                            new Links(
                                    target -> links.click(messageId, target),
                                    Optional.of(links.open(messageId)),
                                    unsubscribe,
                                    Optional.of(links.preferences(to.customerId(), CHANNEL))));
            Mailbox mailbox = Mailbox.of(to.address());
            Mail mail = new Mail(
                    messageId,
                    mailing.date(),
                    from,
                    mailbox,
                    replyTo,
                    rendered.subject(),
                    rendered.text(),
                    rendered.html(),
                    unsubscribe.map(URI::create),
                    Optional.of(mailing.campaignId() + ":" + mailing.purpose() + ":email:snowball"),
                    mailing.advertising());
            return new Envelope(messageId, from.address(), mailbox.address(), named(messageId, writer.write(mail)));
        } catch (TemplateException | MailException unfit) {
            throw new Unfit(unfit instanceof TemplateException ? "UNRENDERABLE" : "BAD_ADDRESS");
        }
    }

    /** A mail of our own words, without tracking: nothing in it is measured, and nobody can unsubscribe from it. */
    public Envelope plain(UUID id, Addressee to, Instant date, String subject, String text, String html) throws Unfit {
        try {
            Mailbox mailbox = Mailbox.of(to.address());
            Mail mail = new Mail(
                    id, date, from, mailbox, replyTo, subject, text, html, Optional.empty(), Optional.empty(), false);
            return new Envelope(id, from.address(), mailbox.address(), named(id, writer.write(mail)));
        } catch (MailException _) {
            throw new Unfit("BAD_ADDRESS");
        }
    }

    /** First of all headers, outside of what is signed: it is for those who count. */
    private static byte[] named(UUID messageId, byte[] mime) {
        byte[] header = (ID_HEADER + messageId + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] named = new byte[header.length + mime.length];
        System.arraycopy(header, 0, named, 0, header.length);
        System.arraycopy(mime, 0, named, header.length, mime.length);
        return named;
    }

    /** Made with the application, so that settings which contradict each other stop it, and not the first mail. */
    void start(@Observes StartupEvent event) {
        Log.infof("Mails are %s", signed ? "signed by us (DKIM)" : "not signed by us (no CAMPAIGN_DKIM_KEY_FILE)");
    }

    /** @throws IllegalStateException where mails were meant to be signed and could not be: unsigned ones are taken for spam */
    static Optional<DkimSigner> signer(CampaignConfig.Dkim dkim) {
        if (dkim.keyFile().isEmpty()) {
            if (dkim.domain().isPresent() || dkim.selector().isPresent()) {
                throw new IllegalStateException("Set CAMPAIGN_DKIM_KEY_FILE to the file of the DKIM key, or remove"
                        + " CAMPAIGN_DKIM_DOMAIN and CAMPAIGN_DKIM_SELECTOR: mails would go out unsigned");
            }
            return Optional.empty();
        }
        String domain = dkim.domain().orElseThrow(() -> new IllegalStateException("Set CAMPAIGN_DKIM_DOMAIN"));
        String selector = dkim.selector().orElseThrow(() -> new IllegalStateException("Set CAMPAIGN_DKIM_SELECTOR"));
        return Optional.of(new DkimSigner(
                List.of(DkimKey.ofPem(domain, selector, read(dkim.keyFile().get()), FasterCrypto.find()))));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("CAMPAIGN_DKIM_KEY_FILE can't be read", failure);
        }
    }
}
