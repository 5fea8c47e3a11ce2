package io.snowball.consent.sibling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** customer-service as the tests need it: it knows whom they told it about, and is down for whom they say. */
@Alternative
@Priority(1)
@RestClient
@ApplicationScoped
public class FakeCustomers implements CustomerRestClient {
    private static final JsonNode NOTHING = new JsonMapper().createObjectNode().put("found", false);

    private final Map<UUID, JsonNode> known = new ConcurrentHashMap<>();
    private volatile long subjects = 10;
    private final Set<UUID> down = ConcurrentHashMap.newKeySet();
    private final Set<UUID> blocked = ConcurrentHashMap.newKeySet();
    private final Map<UUID, UUID> others = new ConcurrentHashMap<>();
    private final Set<UUID> deaf = ConcurrentHashMap.newKeySet();

    public void knows(UUID customerId, String json) {
        try {
            known.put(customerId, new JsonMapper().readTree(json));
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    public boolean stillKnows(UUID customerId) {
        return known.containsKey(customerId);
    }

    public void isDownFor(UUID customerId) {
        down.add(customerId);
    }

    public void isUpAgainFor(UUID customerId) {
        down.remove(customerId);
    }

    /** Says that it has destroyed, and has not. */
    public void pretendsToDestroy(UUID customerId) {
        deaf.add(customerId);
    }

    public void reallyDestroys(UUID customerId) {
        deaf.remove(customerId);
    }

    public boolean hasBlocked(UUID customerId) {
        return blocked.contains(customerId);
    }

    @Override
    public Uni<JsonNode> personalData(UUID customerId) {
        return answer(customerId, known.getOrDefault(customerId, NOTHING));
    }

    @Override
    public Uni<Counts> counts(CountPersonalData body) {
        List<UUID> ids = body.customerIds();
        return Uni.createFrom()
                .item(ids == null ? new Counts(subjects, 3 * subjects) : new Counts(ids.size(), 2L * ids.size()));
    }

    /** How many people customer-service says there are. */
    public void has(long people) {
        subjects = people;
    }

    @Override
    public Uni<Void> block(UUID customerId) {
        return answer(customerId, NOTHING).invoke(() -> blocked.add(customerId)).replaceWithVoid();
    }

    @Override
    public Uni<Void> release(UUID customerId) {
        return answer(customerId, NOTHING)
                .invoke(() -> blocked.remove(customerId))
                .replaceWithVoid();
    }

    @Override
    public Uni<JsonNode> destroy(UUID customerId) {
        return answer(customerId, known.get(customerId))
                .invoke(() -> {
                    if (!deaf.contains(customerId)) {
                        known.remove(customerId);
                    }
                })
                .map(_ -> erased(customerId));
    }

    /** Under which other id the person was known over there. */
    public void alsoKnowsAs(UUID customerId, UUID other) {
        others.put(customerId, other);
    }

    private JsonNode erased(UUID customerId) {
        var answer = new JsonMapper().createObjectNode();
        var ids = answer.putArray("erasedIds").add(customerId.toString());
        if (others.containsKey(customerId)) {
            ids.add(others.get(customerId).toString());
        }
        answer.putArray("categories").addObject().put("category", "IDENTITIES").put("rows", 2);
        return answer;
    }

    private Uni<JsonNode> answer(UUID customerId, @Nullable JsonNode data) {
        if (down.contains(customerId)) {
            return Uni.createFrom().failure(new WebApplicationException(503));
        }
        return data == null
                ? Uni.createFrom().failure(new WebApplicationException(404))
                : Uni.createFrom().item(data);
    }
}
