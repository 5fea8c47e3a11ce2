package io.snowball.segmentation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestTokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What this service told its siblings since the reader was made. */
public final class SegmentFeed {
    private static final ObjectMapper JSON = new ObjectMapper();

    private String last = "";

    public SegmentFeed() {
        rest();
    }

    /** @return "entered" or "left" of each event about the segment, and the customers it names, which come in no order, sorted */
    public List<Map.Entry<String, List<String>>> news(String segmentId) {
        List<Map.Entry<String, List<String>>> news = new ArrayList<>();
        for (JsonNode event : rest()) {
            if (event.path("subject").asText().equals(segmentId)) {
                List<String> customers = new ArrayList<>();
                event.path("data").path("customerIds").forEach(id -> customers.add(id.asText()));
                Collections.sort(customers);
                news.add(Map.entry(event.path("type").asText().replace("segment.", ""), customers));
            }
        }
        return news;
    }

    private List<JsonNode> rest() {
        List<JsonNode> events = new ArrayList<>();
        JsonNode page;
        do {
            page = page();
            for (JsonNode event : page) {
                events.add(event);
                last = event.path("id").asText();
            }
        } while (!page.isEmpty());
        return events;
    }

    private JsonNode page() {
        String body = TestTokens.as(Roles.SERVICE)
                .queryParam("lastEventId", last)
                .queryParam("limit", 1000)
                .get("/feed")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException failure) {
            throw new AssertionError("The feed is not JSON", failure);
        }
    }
}
