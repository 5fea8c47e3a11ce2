package io.snowball.consent.destruction;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/** The data of {@code destruction.ordered} on our feed: forget everything about this customer. */
@RegisterForReflection
record DestructionOrdered(UUID customerId, UUID destructionId, Instant at) {
    static final String EVENT = "destruction.ordered";
}
