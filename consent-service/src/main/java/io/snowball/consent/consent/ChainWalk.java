package io.snowball.consent.consent;

import io.snowball.consent.consent.ChainAudit.Fault;
import io.snowball.consent.consent.ChainAudit.Kind;
import io.snowball.consent.consent.Chains.Head;
import io.snowball.consent.consent.PurgedEvents.Purged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One customer's chain from its beginning to its end. Where an event has left by a purge its hash stands for it. */
final class ChainWalk {
    private final UUID customer;
    private final Map<Integer, Purged> purged;
    private final List<Fault> faults = new ArrayList<>();
    private int sequence;
    private @Nullable String previous;
    private boolean linked = true;

    ChainWalk(UUID customer, List<Purged> purged) {
        this.customer = customer;
        this.purged = purged.stream().collect(Collectors.toMap(Purged::sequence, Function.identity()));
    }

    List<Fault> faults(List<ConsentEvent> chain, @Nullable Head end) {
        chain.forEach(this::step);
        int last = end == null ? 0 : end.sequence();
        skipTo(Math.max(last, purged.keySet().stream().max(Integer::compareTo).orElse(0)) + 1, last);
        if (last < sequence) {
            faults.add(new Fault(Kind.ADDED, customer, sequence, null));
        } else if (last == sequence
                && linked
                && last > 0
                && !Objects.equals(previous, end == null ? null : end.hash())) {
            UUID record = chain.isEmpty() || chain.getLast().sequence() != last
                    ? null
                    : chain.getLast().recordId();
            faults.add(new Fault(Kind.ALTERED, customer, last, record));
        }
        return faults;
    }

    private void step(ConsentEvent event) {
        skipTo(event.sequence(), event.sequence());
        if (purged.containsKey(event.sequence())) {
            faults.add(fault(Kind.ADDED, event));
        }
        if (!EventHash.of(event).equals(event.hash())) {
            faults.add(fault(Kind.ALTERED, event));
        } else if (linked && !Objects.equals(event.previousHash(), previous)) {
            faults.add(fault(Kind.MOVED, event));
        }
        linked = true;
        sequence = event.sequence();
        previous = event.hash();
    }

    /** @param last up to here whatever is neither there nor purged is missing */
    private void skipTo(int next, int last) {
        for (int place = sequence + 1; place < next; place++) {
            Purged gone = purged.get(place);
            if (gone != null) {
                linked = true;
                previous = gone.hash();
                sequence = place;
            } else if (place <= last) {
                faults.add(new Fault(Kind.REMOVED, customer, place, null));
                linked = false;
            }
        }
    }

    private static Fault fault(Kind kind, ConsentEvent event) {
        return new Fault(kind, event.key().customerId(), event.sequence(), event.recordId());
    }
}
