package io.snowball.consent.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.consent.document.ConsentType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requirement r06: what was sealed in an older format still verifies. The hashes were counted by another program. */
class EventHashTest {
    private static final String FIRST = "58f93909c74b0130e0c40bbc2a448085bf457b677f23aca17f8717f8753ad6d1";
    private static final String SECOND = "273990b4dcca2f9b0d349bb28af7676fef530fb65d2f0057ccdf58f5fba517b8";
    private static final String DETAILS = "{\"timeZone\":\"Europe/Moscow\"}";
    private static final Terms TERMS =
            new Terms(false, null, Instant.parse("2030-01-01T00:00:00Z"), "cd".repeat(32), false);

    @Test
    void r06AnOldSealStillHolds() {
        assertThat(EventHash.of(event(1, Terms.NONE, null))).isEqualTo(FIRST);
        assertThat(EventHash.of(event(2, TERMS, DETAILS))).isEqualTo(SECOND);
        assertThat(EventHash.of(event(3, TERMS, DETAILS))).isNotEqualTo(SECOND);
    }

    @Test
    void r06WhatAnOldFormatDoesNotKnowBreaksItsSeal() {
        assertThat(EventHash.of(event(1, TERMS, null))).isNotEqualTo(FIRST);
        assertThat(EventHash.of(event(1, Terms.NONE, DETAILS))).isNotEqualTo(FIRST);
        Terms legacy = new Terms(false, null, TERMS.validUntil(), TERMS.identifierHash(), true);
        assertThat(EventHash.of(event(2, legacy, DETAILS))).isNotEqualTo(SECOND);
        assertThat(EventHash.of(event(2, TERMS, DETAILS, Instant.EPOCH))).isNotEqualTo(SECOND);
    }

    private static ConsentEvent event(int format, Terms terms, @Nullable String details) {
        return event(format, terms, details, null);
    }

    private static ConsentEvent event(
            int format, Terms terms, @Nullable String details, @Nullable Instant operatorSince) {
        return new ConsentEvent(
                format,
                new UUID(0, 2),
                1,
                new ConsentKey(new UUID(0, 1), ConsentType.ADVERTISING, "marketing", Channel.EMAIL),
                ConsentAction.GIVEN,
                Instant.parse("2026-01-01T10:00:00Z"),
                Instant.parse("2026-01-01T10:00:01Z"),
                new SignedText(new UUID(0, 3), 1, "ab".repeat(32)),
                terms,
                new Evidence(
                        "web-form", null, "203.0.113.7", "Браузер", null, true, Actor.SUBJECT, "shop", null, details),
                operatorSince,
                null,
                "");
    }
}
