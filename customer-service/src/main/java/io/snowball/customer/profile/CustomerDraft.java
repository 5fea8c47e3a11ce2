package io.snowball.customer.profile;

import io.snowball.customer.identity.Identity;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody tells of a customer. Known by the external id, if there is one; otherwise new. */
public record CustomerDraft(
        @Nullable Identity externalId,
        @Nullable Identity email,
        @Nullable Identity phone,
        Profile profile,
        @Nullable Instant registeredAt) {

    public CustomerDraft with(Details others) {
        return new CustomerDraft(externalId, email, phone, profile.with(others), registeredAt);
    }

    CustomerDraft withAttributes(Map<String, Object> facts, Map<String, Object> personal) {
        Profile known = profile.with(profile.details().with(facts, personal));
        return new CustomerDraft(externalId, email, phone, known, registeredAt);
    }

    /** The same customer told twice: the later word counts, what it leaves out stays. */
    public CustomerDraft overlaidBy(CustomerDraft later) {
        return new CustomerDraft(
                later.externalId != null ? later.externalId : externalId,
                later.email != null ? later.email : email,
                later.phone != null ? later.phone : phone,
                profile.overlaidBy(later.profile),
                later.registeredAt != null ? later.registeredAt : registeredAt);
    }
}
