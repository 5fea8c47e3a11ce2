package io.snowball.consent.consent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a chain have been kept long enough (requirement r31): those about a consent that ended long ago, but never the word that
 * a state still rests on, for a "no" has no end while the person is there.
 *
 * @param sequences of the events that may leave
 * @param changed states as the events that stay come to them, where that is other than it was
 * @param dropped what was a state, and nothing is left to say of it
 */
record Spent(Set<Integer> sequences, List<ConsentState> changed, List<ConsentKey> dropped) {
    private static final Spent NOTHING = new Spent(Set.of(), List.of(), List.of());

    /**
     * @param chain of one customer, in order, without what has left before
     * @param old the events that were sealed before the term began
     * @param erased whether the customer is no more
     */
    static Spent of(List<ConsentEvent> chain, Set<Integer> old, boolean erased) {
        return new Counting(chain, old, erased).spent();
    }

    private static final class Counting {
        private final List<ConsentEvent> chain;
        private final Set<Integer> old;
        private final boolean erased;
        private final Map<ConsentKey, ConsentState> now;
        private final Map<UUID, Integer> places = new HashMap<>();

        Counting(List<ConsentEvent> chain, Set<Integer> old, boolean erased) {
            this.chain = chain;
            this.old = old;
            this.erased = erased;
            this.now = states(chain);
            chain.forEach(event -> places.put(event.recordId(), event.sequence()));
        }

        /** What would be lost is found by counting again without it; then that consent keeps all it has. */
        Spent spent() {
            Set<Integer> candidates = candidates();
            Set<ConsentKey> held = new HashSet<>();
            while (true) {
                Set<Integer> leaving = chain.stream()
                        .filter(event -> candidates.contains(event.sequence()) && !held.contains(event.key()))
                        .map(ConsentEvent::sequence)
                        .collect(Collectors.toCollection(TreeSet::new));
                if (leaving.isEmpty()) {
                    return NOTHING;
                }
                Set<ConsentKey> lost = new HashSet<>();
                Spent spent = without(leaving, lost);
                if (lost.isEmpty()) {
                    return spent;
                }
                Set<ConsentKey> more = chain.stream()
                        .map(ConsentEvent::key)
                        .filter(key -> lost.stream()
                                .anyMatch(other -> other.equals(key) || other.covers(key) || key.covers(other)))
                        .collect(Collectors.toSet());
                if (!held.addAll(more)) {
                    return NOTHING;
                }
            }
        }

        private Spent without(Set<Integer> leaving, Set<ConsentKey> lost) {
            States left = new States(List.of());
            chain.stream().filter(event -> !leaving.contains(event.sequence())).forEach(left::apply);
            Map<ConsentKey, ConsentState> then = own(left);
            List<ConsentState> changed = new ArrayList<>();
            List<ConsentKey> dropped = new ArrayList<>();
            now.forEach((key, state) -> {
                ConsentState own = then.get(key);
                if (own == null && (mayBeDropped(state) || saysTheSame(left.of(key), state))) {
                    dropped.add(key);
                } else if (!saysTheSame(own, state)) {
                    lost.add(key);
                } else if (!state.equals(own)) {
                    changed.add(own);
                }
            });
            // By their states people are found whose purposes are reached: nobody is to be forgotten before their data
            // are.
            boolean unknown = then.keySet().stream().allMatch(ConsentKey::isForAllPurposes);
            if (!erased && unknown && lost.isEmpty()) {
                lost.addAll(dropped);
            }
            return new Spent(leaving, changed, dropped);
        }

        private static boolean saysTheSame(@Nullable ConsentState one, ConsentState other) {
            return one != null
                    && one.standing() == other.standing()
                    && one.recordId().equals(other.recordId())
                    && one.at().equals(other.at());
        }

        /** Old events of consents that have ended by an old event, and that no state rests on that must stay. */
        private Set<Integer> candidates() {
            Map<ConsentKey, List<Integer>> open = new HashMap<>();
            Map<Integer, Integer> endedBy = new HashMap<>();
            States states = new States(List.of());
            for (ConsentEvent event : chain) {
                open.computeIfAbsent(event.key(), _ -> new ArrayList<>()).add(event.sequence());
                for (ConsentState state : states.apply(event)) {
                    if (!state.standing().isOpen()) {
                        List<Integer> ended = open.remove(state.key());
                        if (ended != null) {
                            ended.forEach(sequence -> endedBy.put(sequence, event.sequence()));
                        }
                    }
                }
            }
            // A form that was only shown, or an end that found nothing to end: it is over with itself.
            open.forEach((key, events) -> {
                ConsentState state = states.of(key);
                if (state == null || !state.standing().isOpen()) {
                    events.forEach(sequence -> endedBy.put(sequence, sequence));
                }
            });
            Set<UUID> resting = now.values().stream()
                    .filter(state -> !mayBeDropped(state))
                    .map(ConsentState::recordId)
                    .collect(Collectors.toSet());
            return chain.stream()
                    .filter(event -> old.contains(event.sequence()) && !resting.contains(event.recordId()))
                    .map(ConsentEvent::sequence)
                    .filter(sequence -> endedBy.containsKey(sequence) && old.contains(endedBy.get(sequence)))
                    .collect(Collectors.toSet());
        }

        /** Without a record there is no advertising either; of other consents one that has ended forbids more than none. */
        private boolean mayBeDropped(ConsentState state) {
            boolean over = !state.standing().isOpen() && old.contains(places.get(state.recordId()));
            boolean ranOut = switch (state.standing()) {
                case EXPIRED, SUPERSEDED, INVALIDATED ->
                    state.key().type() == io.snowball.consent.document.ConsentType.ADVERTISING;
                case PENDING_CONFIRMATION, GIVEN, REFUSED, WITHDRAWN -> false;
            };
            return over && (erased || ranOut);
        }

        private static Map<ConsentKey, ConsentState> states(List<ConsentEvent> chain) {
            States states = new States(List.of());
            chain.forEach(states::apply);
            return own(states);
        }

        private static Map<ConsentKey, ConsentState> own(States states) {
            return states.all().stream().collect(Collectors.toMap(ConsentState::key, state -> state));
        }
    }
}
