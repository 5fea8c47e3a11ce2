package io.snowball.consent.consent;

import io.snowball.platform.id.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ends of the chains of the customers that a transaction has locked, and their states: statements are added here first, one
 * after the other, and then written in a few statements for all. No input or output of its own.
 */
final class Chains {
    private final Instant now;
    private final Map<UUID, Head> heads = new HashMap<>();
    private final States states;
    private final Set<UUID> carried;
    private final NavigableSet<Instant> operators;
    private final List<ConsentEvent> events = new ArrayList<>();
    private final Map<ConsentKey, Change> changes = new LinkedHashMap<>();

    /** @param hash null where there is no event yet */
    record Head(UUID customerId, int sequence, @Nullable String hash) {}

    /** @param by the event that brought the state about */
    record Change(ConsentState state, ConsentEvent by) {}

    /**
     * @param carried withdrawals of somebody else, who turned out to be the same person: theirs is still to be written down
     * @param operators from when on each of the operator's requisites hold
     */
    Chains(
            List<Head> heads,
            List<ConsentState> states,
            Set<UUID> carried,
            NavigableSet<Instant> operators,
            Instant now) {
        this.operators = operators;
        this.carried = carried;
        this.now = now;
        this.states = new States(states);
        heads.forEach(head -> this.heads.put(head.customerId(), head));
    }

    /** @return the new event, or nothing where the statement needed none */
    Optional<ConsentEvent> add(Statement statement) {
        ConsentKey key = statement.key();
        ConsentState state = states.of(key);
        if (statement.once()
                && state != null
                && state.standing() == Standing.WITHDRAWN
                && !carried.contains(state.recordId())) {
            return Optional.empty();
        }
        Head head = heads.get(key.customerId());
        if (head == null) {
            throw new IllegalStateException("The chain of a customer must be locked before it is added to");
        }
        Instant at = at(statement.at(), state);
        ConsentEvent event = new ConsentEvent(
                        EventHash.FORMAT,
                        Ids.next(),
                        head.sequence() + 1,
                        key,
                        statement.action(),
                        at,
                        now,
                        statement.signed(),
                        terms(statement, state),
                        statement.evidence(),
                        operators.floor(at),
                        head.hash(),
                        "")
                .sealed();
        heads.put(key.customerId(), new Head(key.customerId(), event.sequence(), event.hash()));
        events.add(event);
        states.apply(event).forEach(changed -> changes.put(changed.key(), new Change(changed, event)));
        return Optional.of(event);
    }

    /** Who has confirmed this address before need not do it again: to tick a box twice takes nothing away. */
    private static Terms terms(Statement statement, @Nullable ConsentState state) {
        Terms terms = statement.terms();
        boolean awaits = Boolean.TRUE.equals(terms.awaitsConfirmation());
        boolean confirmed = state != null
                && state.standing() == Standing.GIVEN
                && (terms.identifierHash() == null || Objects.equals(state.identifierHash(), terms.identifierHash()));
        return awaits && confirmed ? terms.awaiting(false) : terms;
    }

    /** What is said now comes after all that is written, whichever replica's clock is ahead. */
    private Instant at(@Nullable Instant stated, @Nullable ConsentState state) {
        if (stated == null) {
            return state == null || now.isAfter(state.at()) ? now : state.at().plus(1, ChronoUnit.MICROS);
        }
        // A sender's clock may be ahead of ours; nothing is said in the future.
        return stated.isAfter(now) ? now : stated.truncatedTo(ChronoUnit.MICROS);
    }

    /** Null where all that was said leaves it open, such as a form that was only shown. */
    @Nullable
    Standing standing(ConsentKey key) {
        ConsentState state = states.of(key);
        return state == null ? null : state.standing();
    }

    List<ConsentEvent> events() {
        return events;
    }

    /** The states that are other than they were, one a key. */
    List<Change> changes() {
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
