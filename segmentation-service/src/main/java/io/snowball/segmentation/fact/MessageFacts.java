package io.snowball.segmentation.fact;

import com.fasterxml.jackson.databind.JsonNode;
import io.snowball.platform.feed.FeedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of the campaign feed says of messages, each once. News of a message may come in any order, so everything about it is
 * its earliest: a message that was opened was sent by then at the latest, and one that was clicked was opened.
 */
record MessageFacts(Collection<Message> messages) {
    record Message(
            UUID id,
            UUID customerId,
            UUID campaignId,
            String channel,
            Instant sentAt,
            @Nullable Instant openedAt,
            @Nullable Instant clickedAt,
            boolean bounced) {
        Message of(Map<UUID, UUID> owners) {
            return new Message(
                    id, owners.getOrDefault(id, customerId), campaignId, channel, sentAt, openedAt, clickedAt, bounced);
        }

        private Message and(Message other) {
            return new Message(
                    id,
                    customerId,
                    campaignId,
                    channel,
                    sentAt.isBefore(other.sentAt) ? sentAt : other.sentAt,
                    earlier(openedAt, other.openedAt),
                    earlier(clickedAt, other.clickedAt),
                    bounced || other.bounced);
        }
    }

    /** Types and states that are not for us are passed over. */
    static MessageFacts of(List<FeedEvent> batch) {
        Map<UUID, Message> messages = new LinkedHashMap<>();
        for (FeedEvent event : batch) {
            List<Message> told = switch (event.type()) {
                case "messages.sent" -> sent(event.data());
                case "message.changed" -> changed(event.data());
                default -> List.of();
            };
            told.forEach(message -> messages.merge(message.id(), message, Message::and));
        }
        return new MessageFacts(messages.values());
    }

    private static List<Message> sent(JsonNode data) {
        Instant at = Facts.time(data, "at");
        UUID campaign = Facts.id(data, "campaignId");
        String channel = data.required("channel").asText();
        JsonNode messages = data.required("messageIds");
        JsonNode customers = data.required("customerIds");
        List<Message> sent = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            UUID message = UUID.fromString(messages.required(i).asText());
            UUID customer = UUID.fromString(customers.required(i).asText());
            sent.add(new Message(message, customer, campaign, channel, at, null, null, false));
        }
        return sent;
    }

    private static List<Message> changed(JsonNode data) {
        Message message = message(data);
        return message == null ? List.of() : List.of(message);
    }

    private static @Nullable Message message(JsonNode data) {
        Instant at = Facts.time(data, "at");
        return switch (data.required("state").asText()) {
            case "SENT" -> message(data, at, null, null, false);
            case "OPENED" -> message(data, at, at, null, false);
            case "CLICKED" -> message(data, at, at, at, false);
            case "BOUNCED" -> message(data, at, null, null, true);
            default -> null;
        };
    }

    private static Message message(
            JsonNode data, Instant sent, @Nullable Instant opened, @Nullable Instant clicked, boolean bounced) {
        return new Message(
                Facts.id(data, "messageId"),
                Facts.id(data, "customerId"),
                Facts.id(data, "campaignId"),
                data.required("channel").asText(),
                sent,
                opened,
                clicked,
                bounced);
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }
}
