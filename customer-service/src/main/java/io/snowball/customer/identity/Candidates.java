package io.snowball.customer.identity;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The review list: pairs of customers that may be one person. A pair is asked about once. */
@ApplicationScoped
public class Candidates {
    // With the first owner only: a number that a thousand customers share, such as the shop's own, makes a thousand
    // pairs
    // and not half a million.
    /* language=PostgreSQL */
    private static final String ADD_PHONES = """
            insert into merge_candidate (id, customer_id, other_id, reason, created_at)
            select n.id, n.customer_id, o.customer_id, 'SAME_PHONE', $4
            from unnest($1::uuid[], $2::uuid[], $3::text[]) as n (id, customer_id, key)
            cross join lateral (
              select i.customer_id
              from identity i
              where i.kind = 'PHONE' and i.key = n.key and i.customer_id <> n.customer_id
              order by i.added_at, i.customer_id
              limit 1) o
            on conflict do nothing
            """;

    /* language=PostgreSQL */
    private static final String ADD = """
            insert into merge_candidate (id, customer_id, other_id, reason, created_at)
            select n.id, $2, n.other_id, n.reason, $5
            from unnest($1::uuid[], $3::uuid[], $4::text[]) as n (id, other_id, reason)
            on conflict do nothing
            """;

    // Both under the ids that they live on under now.
    /* language=PostgreSQL */
    private static final String CANDIDATE = """
            select c.id, coalesce(a.customer_id, c.customer_id) as customer_id, coalesce(b.customer_id, c.other_id) as other_id,
                   c.reason, c.state, c.created_at
            from merge_candidate c
            left join customer_alias a on a.id = c.customer_id
            left join customer_alias b on b.id = c.other_id
            """;

    private static final String GET = CANDIDATE + "where c.id = $1";

    private static final String PAGE = CANDIDATE + """
            where c.state = $1 and ($2::uuid is null or c.id < $2)
              and coalesce(a.customer_id, c.customer_id) <> coalesce(b.customer_id, c.other_id)
            order by c.id desc
            limit $3
            """;

    /* language=PostgreSQL */
    private static final String DECIDE = """
            update merge_candidate
            set state = $2, decided_at = $3, decided_by = $4
            where id = $1 and state = 'OPEN'
            """;

    /* language=PostgreSQL */
    private static final String SETTLE = """
            update merge_candidate
            set state = 'MERGED', decided_at = $3, decided_by = $4
            where state = 'OPEN' and least(customer_id, other_id) = least($1::uuid, $2::uuid)
              and greatest(customer_id, other_id) = greatest($1::uuid, $2::uuid)
            """;

    private final Pool pool;
    private final Clock clock;

    Candidates(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    public record Candidate(
            UUID id, UUID customerId, UUID otherId, CandidateReason reason, CandidateState state, Instant createdAt) {
        static Candidate of(Row row) {
            return new Candidate(
                    row.getUUID("id"),
                    row.getUUID("customer_id"),
                    row.getUUID("other_id"),
                    CandidateReason.valueOf(row.getString("reason")),
                    CandidateState.valueOf(row.getString("state")),
                    row.getOffsetDateTime("created_at").toInstant());
        }
    }

    /** A customer and the phone number it was told with. */
    public record Phone(UUID customerId, String key) {}

    /** Notes whoever else has one of these numbers. */
    public Uni<Void> addSharers(SqlConnection tx, Collection<Phone> phones) {
        return phones.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(ADD_PHONES)
                        .execute(Params.of(
                                Params.uuids(phones, _ -> Ids.next()),
                                Params.uuids(phones, Phone::customerId),
                                Params.texts(phones, Phone::key),
                                OffsetDateTime.now(clock)))
                        .replaceWithVoid();
    }

    public Uni<Void> add(SqlConnection tx, UUID customerId, Collection<Resolution.Doubt> doubts) {
        List<Resolution.Doubt> others = doubts.stream()
                .filter(doubt -> !doubt.other().equals(customerId))
                .toList();
        return others.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(ADD)
                        .execute(Params.of(
                                Params.uuids(others, _ -> Ids.next()),
                                customerId,
                                Params.uuids(others, Resolution.Doubt::other),
                                Params.texts(others, doubt -> doubt.reason().name()),
                                OffsetDateTime.now(clock)))
                        .replaceWithVoid();
    }

    /** Newest first. */
    public Uni<Keyset<Candidate>> list(CandidateState state, @Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, "merge-candidates", state);
        return pool.preparedQuery(PAGE)
                .execute(Params.of(state.name(), after == null ? null : UUID.fromString(after.getFirst()), limit + 1))
                .map(rows -> Keyset.of(
                        Rows.list(rows, Candidate::of),
                        limit,
                        candidate -> List.of(candidate.id().toString()),
                        "merge-candidates",
                        state));
    }

    public Uni<Optional<Candidate>> find(SqlConnection tx, UUID id) {
        return tx.preparedQuery(GET).execute(Params.of(id)).map(rows -> Rows.first(rows, Candidate::of));
    }

    public Uni<Void> decide(SqlConnection tx, UUID id, CandidateState state, String by) {
        return tx.preparedQuery(DECIDE)
                .execute(Params.of(id, state.name(), OffsetDateTime.now(clock), by))
                .replaceWithVoid();
    }

    /** The two have been merged: there is nothing left to ask. */
    public Uni<Void> settle(SqlConnection tx, UUID one, UUID other, String by) {
        return tx.preparedQuery(SETTLE)
                .execute(Params.of(one, other, OffsetDateTime.now(clock), by))
                .replaceWithVoid();
    }
}
