package io.snowball.segmentation.fact;

import com.fasterxml.jackson.databind.JsonNode;
import io.snowball.platform.feed.FeedEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a batch of the consent feed says of people in the end. */
record ConsentNews(
        List<UUID> blocked, List<UUID> unblocked, List<Facts.Gone> destroyed, List<LegacyConsentSql.Told> consents) {
    /** The category that stands for all data; the block of a part of them leaves the person in segments. */
    private static final String ALL = "*";

    static ConsentNews of(List<FeedEvent> batch) {
        Map<UUID, Boolean> blocked = new LinkedHashMap<>();
        Map<UUID, Facts.Gone> destroyed = new LinkedHashMap<>();
        Map<LegacyConsentSql.Key, LegacyConsentSql.Told> consents = new LinkedHashMap<>();
        for (FeedEvent event : batch) {
            switch (event.type()) {
                case "blocking.changed" -> blocked.put(Facts.id(event.data(), "customerId"), isAll(event.data()));
                case "destruction.ordered" -> {
                    UUID id = Facts.id(event.data(), "customerId");
                    destroyed.put(id, new Facts.Gone(id, true));
                }
                case "consent.changed" -> {
                    LegacyConsentSql.Told told = told(event.data());
                    consents.put(told.key(), told);
                }
                default -> {}
            }
        }
        return new ConsentNews(
                customers(blocked, true),
                customers(blocked, false),
                List.copyOf(destroyed.values()),
                List.copyOf(consents.values()));
    }

    /** Nothing of who is known here at all; consents may still change who is in a segment. */
    boolean isOfConsentsOnly() {
        return blocked.isEmpty() && unblocked.isEmpty() && destroyed.isEmpty();
    }

    private static LegacyConsentSql.Told told(JsonNode data) {
        return new LegacyConsentSql.Told(
                new LegacyConsentSql.Key(
                        Facts.id(data, "customerId"),
                        data.path("purpose").asText(),
                        data.path("channel").asText(),
                        data.path("type").asText()),
                data.path("legacyBundled").asBoolean()
                        && data.path("state").asText().equals("GIVEN"));
    }

    private static List<UUID> customers(Map<UUID, Boolean> all, boolean blocked) {
        return all.entrySet().stream()
                .filter(entry -> entry.getValue() == blocked)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isAll(JsonNode data) {
        for (JsonNode category : data.path("categories")) {
            if (category.asText().equals(ALL)) {
                return true;
            }
        }
        return false;
    }
}
