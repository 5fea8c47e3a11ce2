package io.snowball.consent.consent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the events of some customers come to, kept up with each event. The ledger writes by it, and an audit counts by it again. */
final class States {
    private final Map<UUID, Map<ConsentKey, ConsentState>> byCustomer = new HashMap<>();

    States(Collection<ConsentState> known) {
        known.forEach(this::put);
    }

    /** The later of what was said about the key itself and about all purposes; null where nothing was. */
    @Nullable
    ConsentState of(ConsentKey key) {
        ConsentState current = null;
        for (ConsentState state : ofCustomer(key.customerId())) {
            boolean about = state.key().equals(key) || state.key().covers(key);
            if (about && (current == null || state.at().isAfter(current.at()))) {
                current = state;
            }
        }
        return current;
    }

    Collection<ConsentState> ofCustomer(UUID customerId) {
        return byCustomer.getOrDefault(customerId, Map.of()).values();
    }

    /** Of all customers. */
    List<ConsentState> all() {
        return byCustomer.values().stream()
                .flatMap(states -> states.values().stream())
                .toList();
    }

    /** @return the states that the event changed */
    List<ConsentState> apply(ConsentEvent event) {
        List<ConsentState> changed = new ArrayList<>();
        for (ConsentKey key : concerned(event.key())) {
            ConsentState current = of(key);
            ConsentState next = current == null ? ConsentState.first(key, event) : current.after(event);
            if (next != null && !next.equals(current)) {
                ConsentState own = new ConsentState(
                        key,
                        next.standing(),
                        next.recordId(),
                        next.at(),
                        next.validUntil(),
                        next.identifierHash(),
                        next.legacyBundled());
                put(own);
                changed.add(own);
            }
        }
        return changed;
    }

    /** A withdrawal for all purposes ends each consent that it covers; those that have ended stay as they were. */
    private List<ConsentKey> concerned(ConsentKey key) {
        List<ConsentKey> keys = new ArrayList<>();
        for (ConsentState state : ofCustomer(key.customerId())) {
            if (key.covers(state.key()) && state.standing().isOpen()) {
                keys.add(state.key());
            }
        }
        keys.add(key);
        return keys;
    }

    private void put(ConsentState state) {
        byCustomer
                .computeIfAbsent(state.key().customerId(), _ -> new HashMap<>())
                .put(state.key(), state);
    }
}
