package io.snowball.consent.consent;

import io.snowball.platform.id.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ends of the chains of the customers that a transaction has locked, and their states: statements are added here first, one
 * after the other, and then written in a few statements for all. No input or output of its own.
 */
final class Chains {
    private final Instant now;
    private final Map<UUID, Head> heads = new HashMap<>();
    private final Map<ConsentKey, ConsentState> states = new HashMap<>();
    private final List<ConsentEvent> events = new ArrayList<>();
    private final Map<ConsentKey, ConsentEvent> changes = new LinkedHashMap<>();

    /** @param hash null where there is no event yet */
    record Head(UUID customerId, int sequence, @Nullable String hash) {}

    Chains(List<Head> heads, List<ConsentState> states, Instant now) {
        this.now = now;
        heads.forEach(head -> this.heads.put(head.customerId(), head));
        states.forEach(state -> this.states.put(state.key(), state));
    }

    /** @return the new event, or nothing where the statement needed none */
    Optional<ConsentEvent> add(Statement statement) {
        ConsentKey key = statement.key();
        ConsentState state = states.get(key);
        if (statement.once() && state != null && state.state() == statement.action()) {
            return Optional.empty();
        }
        Head head = heads.get(key.customerId());
        if (head == null) {
            throw new IllegalStateException("The chain of a customer must be locked before it is added to");
        }
        ConsentEvent event = new ConsentEvent(
                        Ids.next(),
                        head.sequence() + 1,
                        key,
                        statement.action(),
                        at(statement.at(), state),
                        now,
                        statement.signed(),
                        statement.evidence(),
                        head.hash(),
                        "")
                .sealed();
        heads.put(key.customerId(), new Head(key.customerId(), event.sequence(), event.hash()));
        events.add(event);
        if (state == null || state.yieldsTo(event)) {
            states.put(key, ConsentState.of(event));
            changes.put(key, event);
        }
        return Optional.of(event);
    }

    /** What is said now comes after all that is written, whichever replica's clock is ahead. */
    private Instant at(@Nullable Instant stated, @Nullable ConsentState state) {
        if (stated == null) {
            return state == null || now.isAfter(state.at()) ? now : state.at().plus(1, ChronoUnit.MICROS);
        }
        // A sender's clock may be ahead of ours; nothing is said in the future.
        return stated.isAfter(now) ? now : stated.truncatedTo(ChronoUnit.MICROS);
    }

    ConsentAction state(ConsentKey key) {
        ConsentState state = states.get(key);
        if (state == null) {
            throw new IllegalStateException("Nothing has been said about this key");
        }
        return state.state();
    }

    List<ConsentEvent> events() {
        return events;
    }

    /** The events that the states now rest on, one a key. */
    List<ConsentEvent> changes() {
        return List.copyOf(changes.values());
    }

    /** The new ends of the chains that grew. */
    List<Head> grown() {
        return events.stream()
                .map(event -> event.key().customerId())
                .distinct()
                .map(heads::get)
                .toList();
    }
}
