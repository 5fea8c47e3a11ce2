package io.snowball.customer.profile;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/** A customer without the identities: what is folded when two are merged, and restored when they are not one after all. */
@RegisterForReflection
public record Person(UUID id, int version, Profile profile, Instant registeredAt) {}
