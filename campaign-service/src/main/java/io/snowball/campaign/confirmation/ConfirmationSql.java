package io.snowball.campaign.confirmation;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of confirmation mails; each step is a statement and a commit of its own. */
@ApplicationScoped
class ConfirmationSql {
    /** Longer than all that siblings and the mail server are given together. */
    private static final Duration CLAIM = Duration.ofMinutes(2);

    // What was being handed over when its sender died may have been sent.
    /* language=PostgreSQL */
    private static final String CLAIM_DUE = """
            with lost as (
              update confirmation_mail
              set state = 'UNCERTAIN', reason = 'SENDER_DIED', settled_at = $1
              where state = 'HANDING' and claimed_until < $1),
            due as (
              select record_id from confirmation_mail
              where state = 'DUE' and due_at <= $1 and (claimed_until is null or claimed_until < $1)
              order by due_at
              limit $2
              for update skip locked)
            update confirmation_mail c
            set claimed_until = $3
            from due
            where c.record_id = due.record_id
            returning c.record_id, c.customer_id, c.attempts
            """;

    // Only what is still ours: the claim is the fence.
    /* language=PostgreSQL */
    private static final String HAND = """
            update confirmation_mail
            set state = 'HANDING', handed_at = $2
            where record_id = any($1) and state = 'DUE' and claimed_until > $2
            returning record_id
            """;

    /* language=PostgreSQL */
    private static final String SETTLE = """
            update confirmation_mail c
            set state = x.state, reason = x.reason, attempts = c.attempts + x.refused, claimed_until = null,
              due_at = case when x.state = 'DUE' then $6 else c.due_at end,
              settled_at = case when x.state <> 'DUE' then $5::timestamptz end
            from unnest($1::uuid[], $2::text[], $3::text[], $4::int[]) as x (record_id, state, reason, refused)
            where c.record_id = x.record_id and c.state in ('DUE', 'HANDING')
            """;

    private final Pool pool;
    private final Clock clock;

    ConfirmationSql(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    record Claimed(UUID recordId, UUID customerId, int attempts) {}

    /** @param refused whether it counts as an attempt that the provider refused */
    record Settled(UUID recordId, String state, @Nullable String reason, boolean refused) {}

    Uni<List<Claimed>> claim(int limit) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return pool.preparedQuery(CLAIM_DUE)
                .execute(Params.of(now, limit, now.plus(CLAIM)))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Claimed(
                                row.getUUID("record_id"), row.getUUID("customer_id"), row.getInteger("attempts"))));
    }

    Uni<Set<UUID>> hand(Collection<UUID> recordIds) {
        return pool.preparedQuery(HAND)
                .execute(Params.of(recordIds.toArray(UUID[]::new), OffsetDateTime.now(clock)))
                .map(rows -> new HashSet<>(Rows.list(rows, row -> row.getUUID("record_id"))));
    }

    /** @param pause until what is due again is tried */
    Uni<Void> settle(List<Settled> settled, Duration pause) {
        if (settled.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        return pool.preparedQuery(SETTLE)
                .execute(Params.of(
                        Params.uuids(settled, Settled::recordId),
                        Params.texts(settled, Settled::state),
                        Params.texts(settled, Settled::reason),
                        Params.integers(settled, one -> one.refused() ? 1 : 0),
                        now,
                        now.plus(pause)))
                .replaceWithVoid();
    }
}
