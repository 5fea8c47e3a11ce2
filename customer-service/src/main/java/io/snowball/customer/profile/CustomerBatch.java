package io.snowball.customer.profile;

import io.snowball.customer.identity.Identity;
import io.snowball.customer.profile.CustomerOutcome.Status;
import io.snowball.customer.profile.CustomerSql.Owners;
import io.snowball.platform.id.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of each draft of a batch, given what is stored. Nothing here reads or writes. */
final class CustomerBatch {
    private static final UUID NOBODY = new UUID(0, 0);

    private final Map<UUID, CustomerState> stored;
    private final Instant now;
    private final Map<Identity, UUID> claimed = new HashMap<>();
    private final List<CustomerOutcome> outcomes = new ArrayList<>();
    private final List<CustomerState> changed = new ArrayList<>();
    private final List<Changes.Change> changes = new ArrayList<>();

    CustomerBatch(Map<UUID, CustomerState> stored, Instant now) {
        this.stored = stored;
        this.now = now;
    }

    /** Each draft is about the owner of its external id, or about somebody new. */
    void tell(CustomerDraft draft, Owners owners) {
        CustomerState known = owners.externalId() == null ? null : stored.get(owners.externalId());
        if (known == null) {
            decide(CustomerState.created(Ids.next(), draft, now), Status.ACCEPTED, owners, null);
            return;
        }
        CustomerState next = known.told(draft);
        decide(next, next.equals(known) ? Status.UNCHANGED : Status.UPDATED, owners, known);
    }

    void replace(CustomerState known, CustomerDraft draft, Owners owners) {
        CustomerState next = known.replacedBy(draft);
        decide(next, next.equals(known) ? Status.UNCHANGED : Status.UPDATED, owners, known);
    }

    List<CustomerOutcome> outcomes() {
        return outcomes;
    }

    List<CustomerState> changed() {
        return changed;
    }

    List<Changes.Change> changes() {
        return changes;
    }

    private void decide(CustomerState next, Status status, Owners owners, @Nullable CustomerState before) {
        String taken = taken(next, owners);
        if (taken != null) {
            outcomes.add(new CustomerOutcome(Status.REJECTED, NOBODY, 0, taken));
            return;
        }
        next.identities().forEach(identity -> claimed.put(identity.bare(), next.id()));
        outcomes.add(new CustomerOutcome(status, next.id(), next.version(), null));
        if (status != Status.UNCHANGED) {
            changed.add(next);
            if (before != null) {
                changes.addAll(Changes.between(before, next));
            }
        }
    }

    private @Nullable String taken(CustomerState next, Owners owners) {
        if (isAnothers(next, owners.externalId(), next.externalId())) {
            return "external_id";
        }
        if (isAnothers(next, owners.email(), next.email())) {
            return "email";
        }
        // A phone number is nobody's alone: it may be a family's.
        return null;
    }

    /** Stored for another customer, or claimed by another one earlier in this batch. */
    private boolean isAnothers(CustomerState customer, @Nullable UUID owner, @Nullable Identity identity) {
        if (identity == null) {
            return false;
        }
        UUID claimant = claimed.getOrDefault(identity.bare(), customer.id());
        return !claimant.equals(customer.id()) || (owner != null && !owner.equals(customer.id()));
    }
}
