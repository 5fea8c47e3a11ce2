package io.snowball.customer.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the feed tells of a customer: facts, nothing that names anybody. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record CustomerChanged(
        UUID customerId,
        Instant registeredAt,
        boolean hasEmail,
        boolean hasPhone,
        @Nullable String timeZone,
        @Nullable String language,
        @Nullable String source,
        @Nullable Sex sex,
        @Nullable Integer birthYear,
        @Nullable Boolean blocked,
        int version) {
    static final String TYPE = "customer.changed";

    static CustomerChanged of(CustomerState state) {
        Profile profile = state.profile();
        return new CustomerChanged(
                state.id(),
                state.registeredAt(),
                state.email() != null && !state.blocked(),
                state.phone() != null && !state.blocked(),
                profile.timeZone(),
                profile.language(),
                profile.source(),
                profile.sex(),
                profile.birthday() == null ? null : profile.birthday().getYear(),
                state.blocked() ? Boolean.TRUE : null,
                state.version());
    }
}
