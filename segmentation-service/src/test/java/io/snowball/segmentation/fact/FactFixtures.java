package io.snowball.segmentation.fact;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the customer service would tell, applied as the feed consumer applies it: a batch is a transaction. */
@ApplicationScoped
public class FactFixtures {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 1000;

    private final Pool pool;
    private final CustomerFeed feed;
    private final CampaignFeed campaigns;
    private final ConsentFeed consents;

    FactFixtures(Pool pool, CustomerFeed feed, CampaignFeed campaigns, ConsentFeed consents) {
        this.consents = consents;
        this.pool = pool;
        this.feed = feed;
        this.campaigns = campaigns;
    }

    public void apply(FeedEvent... events) {
        apply(List.of(events));
    }

    /** What the campaign service would tell. */
    public void applyMessages(FeedEvent... events) {
        pool.withTransaction(tx -> campaigns.apply(tx, List.of(events))).await().indefinitely();
    }

    /** What the consent service would tell. */
    public void applyConsents(FeedEvent... events) {
        pool.withTransaction(tx -> consents.apply(tx, List.of(events))).await().indefinitely();
    }

    public void apply(List<FeedEvent> events) {
        for (int from = 0; from < events.size(); from += BATCH) {
            List<FeedEvent> batch = events.subList(from, Math.min(from + BATCH, events.size()));
            pool.withTransaction(tx -> feed.apply(tx, batch)).await().indefinitely();
        }
    }

    /** A new customer with an e-mail address. */
    public UUID customer() {
        UUID id = Ids.next();
        apply(customer(id, Instant.parse("2026-01-01T00:00:00Z"), null));
        return id;
    }

    public UUID order(UUID customer, Instant at, long kopecks) {
        UUID id = Ids.next();
        apply(order(id, customer, at, "PAID", kopecks, 1));
        return id;
    }

    public static FeedEvent customer(UUID id, Instant registeredAt, @Nullable String source) {
        ObjectNode data = JSON.createObjectNode()
                .put("customerId", id.toString())
                .put("registeredAt", registeredAt.toString())
                .put("hasEmail", true)
                .put("hasPhone", false)
                .put("aFieldOfTomorrow", 1);
        if (source != null) {
            data.put("source", source);
        }
        return event("customer.changed", id, data);
    }

    public static FeedEvent order(UUID id, UUID customer, Instant at, String status, long kopecks, long version) {
        ObjectNode data = JSON.createObjectNode()
                .put("orderId", id.toString())
                .put("customerId", customer.toString())
                .put("orderedAt", at.toString())
                .put("status", status)
                .put("amount", kopecks)
                .put("version", version);
        return event("order.changed", customer, data);
    }

    public static FeedEvent blocking(UUID customer, String... categories) {
        ObjectNode data = JSON.createObjectNode()
                .put("customerId", customer.toString())
                .put("blocked", categories.length > 0)
                .put("at", "2026-06-15T12:00:00Z");
        List.of(categories).forEach(data.putArray("categories")::add);
        return event("blocking.changed", customer, data);
    }

    /** @param state GIVEN and so on, as docs/architecture.md has them */
    public static FeedEvent consent(UUID customer, String channel, String state, boolean legacyBundled) {
        ObjectNode data = JSON.createObjectNode()
                .put("customerId", customer.toString())
                .put("recordId", Ids.next().toString())
                .put("type", "ADVERTISING")
                .put("purpose", "marketing")
                .put("channel", channel)
                .put("state", state)
                .put("at", "2026-06-15T12:00:00Z");
        if (legacyBundled) {
            data.put("legacyBundled", true);
        }
        return event("consent.changed", customer, data);
    }

    /** @param state SENT, OPENED, CLICKED or BOUNCED */
    public static FeedEvent message(UUID id, UUID customer, String channel, String state, Instant at) {
        if (state.equals("SENT")) {
            return sent(List.of(id), List.of(customer), channel, at);
        }
        ObjectNode data = JSON.createObjectNode()
                .put("messageId", id.toString())
                .put("campaignId", new UUID(0, 1).toString())
                .put("customerId", customer.toString())
                .put("channel", channel)
                .put("state", state)
                .put("at", at.toString());
        return event("message.changed", customer, data);
    }

    public static FeedEvent done(UUID id, UUID customer, String type, Instant at) {
        ObjectNode data = JSON.createObjectNode()
                .put("eventId", id.toString())
                .put("customerId", customer.toString())
                .put("type", type)
                .put("occurredAt", at.toString());
        data.putObject("properties");
        return event("event.recorded", customer, data);
    }

    /** @param properties writes them */
    public static FeedEvent done(UUID id, UUID customer, String type, Instant at, Consumer<ObjectNode> properties) {
        FeedEvent event = done(id, customer, type, at);
        properties.accept((ObjectNode) event.data().path("properties"));
        return event;
    }

    /** @param kind NPS, CSAT, CES or CLI */
    public static FeedEvent answer(UUID id, UUID customer, String kind, String score, Instant at) {
        ObjectNode data = JSON.createObjectNode()
                .put("answerId", id.toString())
                .put("customerId", customer.toString())
                .put("kind", kind)
                .put("score", new BigDecimal(score))
                .put("questionId", new UUID(0, 1).toString())
                .put("at", at.toString());
        return event("feedback.given", customer, data);
    }

    /** @param at since when it is in this state; invited at the same time */
    public static FeedEvent referral(UUID id, UUID inviter, UUID invited, String state, Instant at, long version) {
        ObjectNode data = JSON.createObjectNode()
                .put("referralId", id.toString())
                .put("customerId", inviter.toString())
                .put("invitedId", invited.toString())
                .put("state", state)
                .put("invitedAt", at.toString())
                .put("at", at.toString())
                .put("version", version);
        return event("referral.changed", inviter, data);
    }

    /** @param type customer.merged or customer.unmerged */
    public static FeedEvent merge(String type, UUID merge, UUID merged, UUID stays) {
        return event(
                type,
                stays,
                JSON.createObjectNode()
                        .put("mergeId", merge.toString())
                        .put("customerId", stays.toString())
                        .put("mergedCustomerId", merged.toString()));
    }

    /** @param customers who got them, in the same order */
    public static FeedEvent sent(List<UUID> ids, List<UUID> customers, String channel, Instant at) {
        UUID campaign = new UUID(0, 1);
        ObjectNode data = JSON.createObjectNode()
                .put("campaignId", campaign.toString())
                .put("channel", channel)
                .put("at", at.toString());
        ArrayNode messageIds = data.putArray("messageIds");
        ids.forEach(id -> messageIds.add(id.toString()));
        ArrayNode customerIds = data.putArray("customerIds");
        customers.forEach(id -> customerIds.add(id.toString()));
        return event("messages.sent", campaign, data);
    }

    public static FeedEvent event(String type, UUID subject, ObjectNode data) {
        return new FeedEvent("1-0", type, subject, Instant.parse("2026-06-15T12:00:00Z"), data);
    }
}
