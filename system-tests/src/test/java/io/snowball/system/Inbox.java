package io.snowball.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.snowball.launcher.api.SnowballApi;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What really arrived, as the mail server saw it. */
final class Inbox {
    private Inbox() {}

    /** @param address the one recipient; ends with what tells our mails from those of other tests */
    record Arrived(String address, String messageId, Instant at) {}

    static List<Arrived> of(SnowballApi mailbox, String test) {
        List<Arrived> arrived = new ArrayList<>();
        long after = 0;
        JsonNode page;
        do {
            page = mailbox.get("/api/messages?limit=200&after=" + after);
            for (JsonNode mail : page.path("items")) {
                String address = mail.path("recipients").path(0).asText();
                if (address.startsWith(test)) {
                    arrived.add(new Arrived(
                            address,
                            mail.path("messageId").asText(),
                            Instant.parse(mail.path("receivedAt").asText())));
                }
            }
            after = page.path("nextAfter").asLong();
        } while (page.hasNonNull("nextAfter"));
        return arrived;
    }
}
