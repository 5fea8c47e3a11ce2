package io.snowball.consent.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.consent.document.ConsentType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requirement r31: which events of one person have been kept long enough. */
class SpentTest {
    private static final UUID CUSTOMER = new UUID(0, 1);
    private static final Instant DAY = Instant.parse("2020-01-01T10:00:00Z");

    private final List<ConsentEvent> chain = new ArrayList<>();

    @Test
    void r31AConsentThatEndedGoesButNotTheWordThatEndedIt() {
        say(ConsentAction.SHOWN);
        say(ConsentAction.GIVEN);
        say(ConsentAction.CONFIRMED);
        say(ConsentAction.WITHDRAWN);
        Spent spent = spent(4, false);
        assertThat(spent.sequences()).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(spent.dropped()).isEmpty();
        assertThat(spent.changed()).isEmpty();
    }

    @Test
    void r31WhatIsInForceStaysHoweverOld() {
        say(ConsentAction.GIVEN);
        say(ConsentAction.GIVEN);
        assertThat(spent(2, false).sequences()).isEmpty();
    }

    @Test
    void r31AnEarlierTermGoesWhileALaterOneRuns() {
        say(ConsentAction.GIVEN);
        say(ConsentAction.WITHDRAWN);
        say(ConsentAction.GIVEN);
        assertThat(spent(3, false).sequences()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void r31TheTermBeginsWithTheEndOfTheConsent() {
        say(ConsentAction.GIVEN);
        say(ConsentAction.WITHDRAWN);
        say(ConsentAction.GIVEN);
        // The withdrawal is young: what it ended is not old either.
        assertThat(spent(1, false).sequences()).isEmpty();
    }

    @Test
    void r31OfAPersonWhoIsNoMoreAllGoes() {
        say(ConsentAction.GIVEN);
        say(ConsentAction.WITHDRAWN);
        say(ConsentType.PD_PROCESSING, "orders", ConsentAction.GIVEN);
        say(ConsentType.PD_PROCESSING, "orders", ConsentAction.EXPIRED);
        Spent spent = spent(4, true);
        assertThat(spent.sequences()).containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(spent.dropped()).hasSize(2);
        assertThat(spent(3, true).sequences()).doesNotContain(3, 4);
    }

    @Test
    void r31WhatRanOutGoesOnlyWhereNoRecordForbidsAsMuch() {
        say(ConsentAction.GIVEN);
        say(ConsentAction.EXPIRED);
        say(ConsentType.PD_PROCESSING, "orders", ConsentAction.GIVEN);
        say(ConsentType.PD_PROCESSING, "orders", ConsentAction.EXPIRED);
        Spent spent = spent(4, false);
        assertThat(spent.sequences()).containsExactlyInAnyOrder(1, 2);
        assertThat(spent.dropped()).extracting(ConsentKey::purpose).containsExactly("marketing");
    }

    @Test
    void r31AWithdrawalOfAllStandsForWhatItEnded() {
        say(ConsentAction.GIVEN);
        say(ConsentType.ADVERTISING, "news", ConsentAction.GIVEN);
        say(ConsentType.ADVERTISING, ConsentKey.ALL_PURPOSES, ConsentAction.WITHDRAWN);
        // Nothing else is known of the person: they stay findable until their data are destroyed.
        assertThat(spent(3, false).sequences()).isEmpty();
        say(ConsentType.PD_PROCESSING, "orders", ConsentAction.GIVEN);
        Spent spent = spent(4, false);
        assertThat(spent.sequences()).containsExactlyInAnyOrder(1, 2);
        assertThat(spent.dropped()).extracting(ConsentKey::purpose).containsExactlyInAnyOrder("marketing", "news");
    }

    @Test
    void r31AFormThatWasOnlyShownIsOverWithItself() {
        say(ConsentAction.SHOWN);
        assertThat(spent(1, false).sequences()).containsExactly(1);
        assertThat(spent(0, false).sequences()).isEmpty();
    }

    @Test
    void r31WhatTheAddressWasGoesWithTheConsent() {
        add(key(ConsentType.ADVERTISING, "marketing"), ConsentAction.GIVEN, "ab".repeat(32));
        say(ConsentAction.WITHDRAWN);
        Spent spent = spent(2, false);
        assertThat(spent.sequences()).containsExactly(1);
        assertThat(spent.changed()).singleElement().satisfies(state -> {
            assertThat(state.identifierHash()).isNull();
            assertThat(state.standing()).isEqualTo(Standing.WITHDRAWN);
            assertThat(state.recordId()).isEqualTo(chain.getLast().recordId());
        });
    }

    private Spent spent(int old, boolean erased) {
        Set<Integer> places = IntStream.rangeClosed(1, old).boxed().collect(Collectors.toSet());
        return Spent.of(chain, places, erased);
    }

    private void say(ConsentAction action) {
        say(ConsentType.ADVERTISING, "marketing", action);
    }

    private void say(ConsentType type, String purpose, ConsentAction action) {
        add(key(type, purpose), action, null);
    }

    private static ConsentKey key(ConsentType type, String purpose) {
        return new ConsentKey(CUSTOMER, type, purpose, type == ConsentType.ADVERTISING ? Channel.EMAIL : Channel.ANY);
    }

    private void add(ConsentKey key, ConsentAction action, @Nullable String identifier) {
        int sequence = chain.size() + 1;
        Instant at = DAY.plusSeconds(sequence);
        chain.add(new ConsentEvent(
                EventHash.FORMAT,
                new UUID(1, sequence),
                sequence,
                key,
                action,
                at,
                at,
                null,
                new Terms(null, null, null, identifier, false),
                new Evidence("test", null, null, null, null, null, Actor.SUBJECT, "test", null, null),
                null,
                null,
                ""));
    }
}
