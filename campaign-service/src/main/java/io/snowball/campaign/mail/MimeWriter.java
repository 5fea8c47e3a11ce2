package io.snowball.campaign.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Writes a mail as multipart/alternative, signed where there is a signer. Stateless: any thread, any number at once. */
public final class MimeWriter {
    private static final int LINE_MAX = 998;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss '+0000'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final TransferEncoding encoding;
    private final Optional<DkimSigner> signer;

    public MimeWriter(TransferEncoding encoding, Optional<DkimSigner> signer) {
        this.encoding = encoding;
        this.signer = signer;
    }

    public byte[] write(Mail mail) {
        String boundary = "=_" + mail.id();
        ByteArrayOutputStream body = new ByteArrayOutputStream(
                256 + (mail.text().length() + mail.html().length()) * 2);
        part(body, boundary, "plain", mail.text());
        part(body, boundary, "html", mail.html());
        ascii(body, "--" + boundary + "--\r\n");

        String headers = headers(mail, boundary);
        byte[] bodyBytes = body.toByteArray();
        String signatures =
                signer.map(s -> s.sign(headers, bodyBytes, mail.date())).orElse("");
        byte[] head = (signatures + headers + "\r\n").getBytes(US_ASCII);
        byte[] message = new byte[head.length + bodyBytes.length];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(bodyBytes, 0, message, head.length, bodyBytes.length);
        return message;
    }

    private static String headers(Mail mail, String boundary) {
        StringBuilder out = new StringBuilder(1024);
        HeaderText.mailbox(out, "From", mail.from());
        HeaderText.mailbox(out, "To", mail.to());
        mail.replyTo().ifPresent(replyTo -> HeaderText.mailbox(out, "Reply-To", replyTo));
        HeaderText.unstructured(out, "Subject", mail.subject());
        line(out, "Date", DATE.format(mail.date()));
        line(out, "Message-ID", "<" + mail.id() + "@" + mail.from().domain() + ">");
        mail.unsubscribe().ifPresent(uri -> {
            // On one line each: some mailbox providers read no folded ones.
            line(out, "List-Unsubscribe", "<" + HeaderText.checkedAscii("List-Unsubscribe", uri.toASCIIString()) + ">");
            line(out, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        });
        mail.feedbackId().ifPresent(id -> line(out, "Feedback-ID", HeaderText.checkedAscii("Feedback-ID", id)));
        if (mail.bulk()) {
            line(out, "Precedence", "bulk");
        }
        line(out, "MIME-Version", "1.0");
        line(out, "Content-Type", "multipart/alternative; boundary=\"" + boundary + "\"");
        return out.toString();
    }

    private static void line(StringBuilder out, String name, String value) {
        if (name.length() + 2 + value.length() > LINE_MAX) {
            throw new MailException("The header " + name + " has more than 998 characters: shorten it.");
        }
        out.append(name).append(": ").append(value).append("\r\n");
    }

    private void part(ByteArrayOutputStream out, String boundary, String subtype, String content) {
        byte[] text = lf(content).getBytes(UTF_8);
        boolean quoted = encoding == TransferEncoding.QUOTED_PRINTABLE || !fitsEightBit(text);
        ascii(
                out,
                "--" + boundary + "\r\nContent-Type: text/" + subtype + "; charset=utf-8\r\nContent-Transfer-Encoding: "
                        + (quoted ? "quoted-printable" : "8bit") + "\r\n\r\n");
        out.writeBytes(quoted ? QuotedPrintable.encode(text) : crlf(text));
        ascii(out, "\r\n");
    }

    private static boolean fitsEightBit(byte[] text) {
        int lineStart = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == 0 || i - lineStart > LINE_MAX) {
                return false;
            }
            if (text[i] == '\n') {
                lineStart = i + 1;
            }
        }
        return true;
    }

    /** CRLF, CR and LF all become LF. */
    private static String lf(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static byte[] crlf(byte[] text) {
        return new String(text, ISO_8859_1).replace("\n", "\r\n").getBytes(ISO_8859_1);
    }

    private static void ascii(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(US_ASCII));
    }
}
