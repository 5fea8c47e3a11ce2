package io.snowball.platform.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;

/**
 * One thing that happened, as a sibling told it: a CloudEvent, read tolerantly.
 *
 * @param id the feed's cursor: pass it as {@code lastEventId} to go on after this event
 * @param data the state after the change
 */
public record FeedEvent(String id, String type, UUID subject, Instant time, JsonNode data) {}
