package io.snowball.customer.merge;

import io.snowball.customer.profile.Person;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One merge; both sides as they were are kept until it is undone or the person erased. */
record Merge(
        UUID id,
        UUID survivorId,
        UUID mergedId,
        MergeReason reason,
        Instant mergedAt,
        String mergedBy,
        @Nullable Instant unmergedAt,
        @Nullable String unmergedBy,
        @Nullable Person survivorBefore,
        @Nullable Person mergedBefore) {

    Merge undone(Instant at, String by) {
        return new Merge(id, survivorId, mergedId, reason, mergedAt, mergedBy, at, by, null, null);
    }
}
