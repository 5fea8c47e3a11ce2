package io.snowball.customer.event;

import io.snowball.customer.CleanText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is told of one event; who did it is a customer, by our id or the shop's, or a visitor. */
record EventDraft(
        String externalId,
        String type,
        Instant occurredAt,
        @Nullable UUID customerId,
        @Nullable String customerExternalId,
        @Nullable UUID visitorId,
        EventType.Properties properties) {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final int MAX_ID = 100;

    static String externalId(@Nullable String text) {
        return CleanText.required(text, MAX_ID);
    }

    /** To the microsecond, as the database keeps it: a repeated event must equal the stored one. */
    static Instant occurredAt(Instant at, Instant now) {
        if (at.isBefore(EARLIEST) || at.isAfter(now.plus(1, ChronoUnit.HOURS))) {
            throw new IllegalArgumentException("occurredAt must be a time between 2000 and now");
        }
        return at.truncatedTo(ChronoUnit.MICROS);
    }
}
