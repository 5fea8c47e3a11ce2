package io.snowball.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.launcher.api.SnowballApi;
import io.snowball.launcher.machine.Trouble;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The people who got a letter, and those who did not. What each does is decided by a hash of the id in the shop: the same in every
 * run and independent of who is in the control group. Everybody in the segment may buy; who clicked buys more often.
 */
final class Recipients {
    private static final int OPEN_PERCENT = 42;
    private static final int CLICK_PERCENT = 12;
    private static final int UNSUBSCRIBE_PERCENT = 2;
    private static final int BUY_PERCENT = 5;
    private static final int BUY_AFTER_CLICK_PERCENT = 40;

    private final SnowballApi api;
    private final Map<String, String> people;
    private final Set<String> clickedPeople = new HashSet<>();
    private long opened;
    private long clicked;
    private long unsubscribed;
    private long bought;

    /** @param people id in the shop to our id */
    Recipients(SnowballApi api, Map<String, String> people) {
        this.api = api;
        this.people = people;
    }

    void react(List<Mails.Mail> mails) {
        for (Mails.Mail mail : mails) {
            // The invented address ends with the number of the person: anna.ivanova.4711@example.com
            int number = Integer.parseInt(mail.recipient().replaceAll("^.*\\.(\\d+)@.*$", "$1"));
            react(String.format(java.util.Locale.ROOT, "cdnow-%05d", number), mail);
        }
    }

    private void react(String person, Mails.Mail mail) {
        boolean clicks = chance(person, "click", CLICK_PERCENT);
        if (clicks || chance(person, "open", OPEN_PERCENT)) {
            visit("GET", mail.pixel(), "", 200);
            opened++;
        }
        if (clicks) {
            visit("GET", mail.link(), "", 302);
            clickedPeople.add(person);
            clicked++;
        }
        if (chance(person, "unsubscribe", UNSUBSCRIBE_PERCENT)) {
            visit("POST", mail.unsubscribe(), "List-Unsubscribe=One-Click", 200);
            unsubscribed++;
        }
    }

    private void visit(String method, Optional<URI> link, String form, int expected) {
        URI uri = link.orElseThrow(() -> new Trouble("A letter came without the links that it should have"));
        int status = api.open(method, uri, form);
        if (status != expected) {
            throw new Trouble(
                    method + " " + uri.getPath().substring(0, 3) + "… answered " + status + " instead of " + expected);
        }
    }

    /** Orders of members of the segment, made at one moment that the first run fixed: sent again they are the same orders. */
    void buy(String segmentId, String name, Instant at) {
        Set<String> members = members(segmentId);
        ArrayNode orders = api.json().createArrayNode();
        people.forEach((person, id) -> {
            boolean buys = chance(person, "buy", BUY_PERCENT)
                    || (clickedPeople.contains(person) && chance(person, "buy more", BUY_AFTER_CLICK_PERCENT));
            if (members.contains(id) && buys) {
                orders.add(order(person, name, at));
            }
        });
        bought = orders.size();
        if (bought > 0) {
            ObjectNode body = api.json().createObjectNode();
            body.set("items", orders);
            api.post("/api/v1/orders", body, null);
        }
    }

    private ObjectNode order(String person, String name, Instant at) {
        ObjectNode order = api.json()
                .createObjectNode()
                .put("externalId", "demo-" + person + "-" + Integer.toHexString(name.hashCode()))
                .put("customerExternalId", person)
                .put("orderedAt", at.toString())
                .put("status", "PAID")
                .put("channel", "site");
        order.putArray("lines")
                .addObject()
                .put("sku", "CD")
                .put("quantity", 1 + hash(person, "discs") % 3)
                .put("price", 14.99);
        return order;
    }

    private Set<String> members(String segmentId) {
        Set<String> members = new HashSet<>();
        String after = "";
        do {
            JsonNode page = api.get("/api/v1/segments/" + segmentId + "/members?limit=5000" + after);
            page.path("items").forEach(id -> members.add(id.asText()));
            after = page.hasNonNull("nextAfter")
                    ? "&after=" + page.path("nextAfter").asText()
                    : "";
        } while (!after.isEmpty());
        return members;
    }

    /** Everything that was done here has reached the report. A mailbox that was emptied since the first run leaves nothing to do. */
    boolean areIn(JsonNode report) {
        return report.path("opened").asLong() >= opened
                && report.path("clicked").asLong() >= clicked
                && report.path("unsubscribed").asLong() >= unsubscribed
                && Sentences.buyers(report) > 0;
    }

    String summary() {
        return opened + " opened, " + clicked + " clicked, " + unsubscribed + " unsubscribed, " + bought
                + " of the segment bought";
    }

    private static boolean chance(String person, String what, int percent) {
        return hash(person, what) % 100 < percent;
    }

    private static int hash(String person, String what) {
        CRC32 crc = new CRC32();
        crc.update((what + " " + person).getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % 10_007);
    }
}
