package io.snowball.launcher.mailbox;

import io.snowball.launcher.mailbox.StoredMail.Summary;
import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Takes a mail's source apart. A mail that breaks the rules is shown as far as it can be read. */
final class MailReader {
    record Field(String name, String value) {}

    /** What a person wants to see of a mail. A part that the mail doesn't have is empty. */
    record ReadMail(List<Field> headers, String html, String text, List<String> attachments) {}

    private static final Session SESSION = Session.getInstance(rawUtf8());
    private static final int MAX_DEPTH = 20;

    private final StringBuilder html = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private final List<String> attachments = new ArrayList<>();

    private MailReader() {}

    private static Properties rawUtf8() {
        Properties properties = new Properties();
        properties.put("mail.mime.allowutf8", "true");
        return properties;
    }

    static Summary summary(MimeMessage message) throws MessagingException {
        return new Summary(
                decoded(message.getHeader("Subject", " ")),
                decoded(message.getHeader("From", ", ")),
                decoded(message.getHeader("Message-ID", " ")));
    }

    static ReadMail read(byte[] source) {
        MailReader reader = new MailReader();
        List<Field> headers = new ArrayList<>();
        try {
            MimeMessage message = new MimeMessage(SESSION, new ByteArrayInputStream(source));
            for (Header header : Collections.list(message.getAllHeaders())) {
                headers.add(new Field(header.getName(), decoded(header.getValue())));
            }
            reader.walk(message, 0);
        } catch (MessagingException | IOException e) {
            reader.text.append("This mail could not be read to its end: look at its source.");
        }
        return new ReadMail(
                List.copyOf(headers), reader.html.toString(), reader.text.toString(), List.copyOf(reader.attachments));
    }

    private void walk(Part part, int depth) throws MessagingException, IOException {
        if (depth > MAX_DEPTH) {
            return;
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart child = parts.getBodyPart(i);
                walk(child, depth + 1);
            }
        } else if (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition()) || !part.isMimeType("text/*")) {
            String name = part.getFileName();
            attachments.add(name == null ? part.getContentType() : decoded(name));
        } else if (part.isMimeType("text/html")) {
            html.append(content(part));
        } else {
            text.append(content(part));
        }
    }

    private static String content(Part part) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            return new String(in.readAllBytes(), charset(part.getContentType()));
        }
    }

    private static Charset charset(String contentType) {
        try {
            String name = new jakarta.mail.internet.ContentType(contentType).getParameter("charset");
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(MimeUtility.javaCharset(name));
        } catch (MessagingException | IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    /** Encoded words ({@code =?utf-8?B?...?=}) and, where a sender left them out, raw UTF-8. */
    private static String decoded(@Nullable String header) {
        if (header == null) {
            return "";
        }
        String unfolded = MimeUtility.unfold(header);
        if (unfolded.chars().anyMatch(c -> c > 127)) {
            return unfolded;
        }
        try {
            return MimeUtility.decodeText(unfolded);
        } catch (UnsupportedEncodingException e) {
            return unfolded;
        }
    }
}
