package io.snowball.customer.points;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Points that came together and expire together. */
record Lot(
        UUID id,
        @Nullable UUID ruleId,
        @Nullable String source,
        Instant accruedAt,
        @Nullable Instant expiresAt,
        long points,
        long remaining) {
    /** What expires first is spent first; of what expires together, or never, the oldest. */
    static final Comparator<Lot> SPENDING = Comparator.comparing(
                    Lot::expiresAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
            .thenComparing(Lot::accruedAt)
            .thenComparing(Lot::id);

    Lot with(long left) {
        return new Lot(id, ruleId, source, accruedAt, expiresAt, points, left);
    }

    boolean isOf(Entry.Cause cause) {
        return cause.ruleId() != null
                && cause.ruleId().equals(ruleId)
                && cause.source() != null
                && cause.source().equals(source);
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }
}
