package io.snowball.platform.access;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One access, as it is written and as consent-service takes it.
 *
 * @param actor the user's id, a service's name, {@code subject} for who came by a link of their own, or {@code unknown}
 * @param operation what was called, as the contract names it
 * @param objectId the id in the path that is not a customer's, such as of an order
 * @param customers up to 1,000; of more there is the count and, in details, a digest
 * @param reason a code that the caller gave, or what the endpoint is there for
 * @param address where from
 * @param searched keyed hash of what was searched for
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record AccessRecord(
        @NotNull UUID id,
        @NotNull Instant at,
        @NotNull String actor,
        @NotNull List<String> roles,
        @NotNull AccessAction action,
        @NotNull String operation,
        @Nullable String objectId,
        @NotNull List<UUID> customers,
        long customerCount,
        @NotNull String reason,
        @Nullable String address,
        @NotNull AccessResult result,
        @Nullable String searched,
        @Nullable String details) {
    /** As PostgreSQL keeps times, so that what is hashed is what is stored. */
    public AccessRecord {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }
}
