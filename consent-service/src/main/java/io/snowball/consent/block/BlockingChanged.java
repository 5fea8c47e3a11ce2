package io.snowball.consent.block;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The data of the event {@code blocking.changed}: what is blocked after the change; nothing where {@code categories} is empty. */
@RegisterForReflection
record BlockingChanged(UUID customerId, boolean blocked, List<String> categories, Instant at) {
    static final String EVENT = "blocking.changed";
}
