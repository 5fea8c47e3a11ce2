package io.snowball.segmentation.fact;

import com.fasterxml.jackson.databind.JsonNode;
import io.snowball.platform.feed.FeedEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a batch of the consent feed says of people in the end; consents are passed over. */
record ConsentNews(List<UUID> blocked, List<UUID> unblocked, List<Facts.Gone> destroyed) {
    /** The category that stands for all data; the block of a part of them leaves the person in segments. */
    private static final String ALL = "*";

    static ConsentNews of(List<FeedEvent> batch) {
        Map<UUID, Boolean> blocked = new LinkedHashMap<>();
        Map<UUID, Facts.Gone> destroyed = new LinkedHashMap<>();
        for (FeedEvent event : batch) {
            switch (event.type()) {
                case "blocking.changed" -> blocked.put(Facts.id(event.data(), "customerId"), isAll(event.data()));
                case "destruction.ordered" -> {
                    UUID id = Facts.id(event.data(), "customerId");
                    destroyed.put(id, new Facts.Gone(id, true));
                }
                default -> {}
            }
        }
        return new ConsentNews(customers(blocked, true), customers(blocked, false), List.copyOf(destroyed.values()));
    }

    boolean isEmpty() {
        return blocked.isEmpty() && unblocked.isEmpty() && destroyed.isEmpty();
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
