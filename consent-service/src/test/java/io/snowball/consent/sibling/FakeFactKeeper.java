package io.snowball.consent.sibling;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A sibling that holds facts, as the tests need it: it has heard of everything and has nothing, but of whom they say. */
public class FakeFactKeeper {
    private final Map<UUID, Long> left = new ConcurrentHashMap<>();
    private final Set<UUID> unheard = ConcurrentHashMap.newKeySet();
    private final Set<UUID> down = ConcurrentHashMap.newKeySet();

    public void has(UUID customerId, long rows) {
        left.put(customerId, rows);
    }

    public void hasNothingMoreOf(UUID customerId) {
        left.remove(customerId);
    }

    public void hasNotHeardOf(UUID customerId) {
        unheard.add(customerId);
    }

    public void hearsOf(UUID customerId) {
        unheard.remove(customerId);
    }

    public void isDownFor(UUID customerId) {
        down.add(customerId);
    }

    public void isUpAgainFor(UUID customerId) {
        down.remove(customerId);
    }

    Uni<Traces> answer(Traces.Find body) {
        List<UUID> ids = body.customerIds();
        if (ids.stream().anyMatch(down::contains)) {
            return Uni.createFrom().failure(new WebApplicationException(503));
        }
        return Uni.createFrom()
                .item(new Traces(
                        ids.stream().noneMatch(unheard::contains),
                        ids.stream()
                                .filter(left::containsKey)
                                .map(id -> new Traces.Trace("MESSAGES", left.getOrDefault(id, 0L)))
                                .toList()));
    }
}
