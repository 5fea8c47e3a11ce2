package io.snowball.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.snowball.launcher.api.SnowballApi;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mails of one campaign as they lie in the mailbox. */
final class Mails {
    private static final Pattern PIXEL = Pattern.compile("<img[^>]+src=\"([^\"]+/o/[^\"]+)\"");
    private static final Pattern LINK = Pattern.compile("<a[^>]+href=\"([^\"]+/c/[^\"]+)\"");
    private static final Pattern BRACKETED = Pattern.compile("<(https?:[^>]+)>");

    private Mails() {}

    /** What a mail program and its owner need of one mail. {@code message} is ours, the same if a mail came twice. */
    record Mail(String message, String recipient, Optional<URI> pixel, Optional<URI> link, Optional<URI> unsubscribe) {}

    static List<Mail> read(SnowballApi mailbox, String campaignId) {
        List<Mail> mails = new ArrayList<>();
        long after = 0;
        JsonNode page;
        do {
            page = mailbox.get("/api/messages?limit=200&after=" + after);
            for (JsonNode summary : page.path("items")) {
                JsonNode mail = mailbox.get("/api/messages/" + summary.path("n").asLong());
                if (header(mail, "Feedback-ID")
                        .filter(id -> id.startsWith(campaignId))
                        .isPresent()) {
                    mails.add(mail(mail));
                }
            }
            after = page.path("nextAfter").asLong();
        } while (page.hasNonNull("nextAfter"));
        return mails;
    }

    private static Mail mail(JsonNode mail) {
        String html = mail.path("html").asText();
        return new Mail(
                header(mail, "X-Snowball-Message").orElse(""),
                mail.path("summary").path("recipients").path(0).asText(),
                find(PIXEL, html),
                find(LINK, html),
                find(BRACKETED, header(mail, "List-Unsubscribe").orElse("")));
    }

    private static Optional<URI> find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(URI.create(matcher.group(1).replace("&amp;", "&"))) : Optional.empty();
    }

    private static Optional<String> header(JsonNode mail, String name) {
        for (JsonNode header : mail.path("headers")) {
            if (header.path("name").asText().equalsIgnoreCase(name)) {
                return Optional.of(header.path("value").asText().strip());
            }
        }
        return Optional.empty();
    }
}
