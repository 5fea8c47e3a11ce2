package io.snowball.customer.calllist;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Call lists in SQL. */
@ApplicationScoped
class CallListSql {
    /* language=PostgreSQL */
    private static final String CREATE = """
            insert into call_list (id, name, offer, purpose, segment_id, created_by, created_at)
            values ($1, $2, $3, $4, $5, $6, $7)
            """;

    // An old id of a merged customer leads on; who is not known or blocked is left out, and nobody is called twice.
    // Held customers
    // can't be merged into others before the entries are there.
    /* language=PostgreSQL */
    private static final String ADD = """
            with held as materialized (
              select c.id
              from customer c
              where c.blocked_at is null and c.id in (
                select coalesce(a.customer_id, s.id) from unnest($3::uuid[]) as s (id) left join customer_alias a on a.id = s.id)
              order by c.id
              for key share
            )
            insert into call_list_entry (id, call_list_id, customer_id)
            select distinct on (h.id) asked.id, $1, h.id
            from unnest($2::uuid[], $3::uuid[]) as asked (id, customer_id)
            left join customer_alias a on a.id = asked.customer_id
            join held h on h.id = coalesce(a.customer_id, asked.customer_id)
            order by h.id, asked.id
            """;

    /* language=PostgreSQL */
    private static final String LISTS = """
            select l.id, l.name, l.offer, l.purpose, l.segment_id, l.created_by, l.created_at,
                   coalesce(n.entries, 0) as entries, coalesce(n.results, '{}') as results, coalesce(n.counts, '{}') as counts
            from call_list l
            left join lateral (
              select sum(r.calls)::bigint as entries,
                     array_agg(r.result order by r.result) filter (where r.result is not null) as results,
                     array_agg(r.calls order by r.result) filter (where r.result is not null) as counts
              from (
                select e.result, count(*) as calls from call_list_entry e where e.call_list_id = l.id group by e.result) r) n on true
            """;

    private static final String GET = LISTS + "where l.id = $1";

    private static final String PAGE = LISTS + "where $1::uuid is null or l.id < $1\norder by l.id desc\nlimit $2";

    /* language=PostgreSQL */
    private static final String ENTRIES = """
            select e.id, e.customer_id, e.result, e.result_at, e.result_by
            from call_list_entry e
            where e.call_list_id = $1 and ($2::uuid is null or e.id > $2)
              and (not $3 or e.result is null or e.result in ('NO_ANSWER', 'CALL_BACK'))
            order by e.id
            limit $4
            """;

    /* language=PostgreSQL */
    private static final String RECORD = """
            update call_list_entry
            set result = $3, result_at = $4, result_by = $5
            where call_list_id = $1 and id = $2
            returning customer_id
            """;

    /* language=PostgreSQL */
    private static final String DELETE = "delete from call_list where id = $1";

    record CallList(
            UUID id,
            String name,
            String offer,
            String purpose,
            @Nullable UUID segmentId,
            String createdBy,
            Instant createdAt) {}

    record Counted(CallList list, long entries, Map<String, Long> results) {}

    record Entry(
            UUID id,
            UUID customerId,
            @Nullable CallResult result,
            @Nullable Instant resultAt,
            @Nullable String resultBy) {}

    Uni<Void> create(SqlConnection tx, CallList list, Collection<UUID> customers) {
        return tx.preparedQuery(CREATE)
                .execute(Params.of(
                        list.id(),
                        list.name(),
                        list.offer(),
                        list.purpose(),
                        list.segmentId(),
                        list.createdBy(),
                        list.createdAt().atOffset(ZoneOffset.UTC)))
                .chain(() -> tx.preparedQuery(ADD)
                        .execute(Params.of(
                                list.id(), Params.uuids(customers, _ -> Ids.next()), customers.toArray(UUID[]::new))))
                .replaceWithVoid();
    }

    Uni<Optional<Counted>> find(SqlClient client, UUID id) {
        return client.preparedQuery(GET).execute(Params.of(id)).map(rows -> Rows.first(rows, CallListSql::counted));
    }

    Uni<List<Counted>> page(SqlClient client, @Nullable UUID before, int limit) {
        return client.preparedQuery(PAGE)
                .execute(Params.of(before, limit))
                .map(rows -> Rows.list(rows, CallListSql::counted));
    }

    /** @param open only those that are still to be called */
    Uni<List<Entry>> entries(SqlClient client, UUID list, boolean open, @Nullable UUID after, int limit) {
        return client.preparedQuery(ENTRIES)
                .execute(Params.of(list, after, open, limit))
                .map(rows -> Rows.list(rows, CallListSql::entry));
    }

    /** @return whose call it was; empty where there is no such entry */
    Uni<Optional<UUID>> record(SqlConnection tx, UUID list, UUID entry, CallResult result, Instant at, String by) {
        return tx.preparedQuery(RECORD)
                .execute(Params.of(list, entry, result.name(), at.atOffset(ZoneOffset.UTC), by))
                .map(rows -> Rows.first(rows, row -> row.getUUID("customer_id")));
    }

    Uni<Boolean> delete(SqlClient client, UUID id) {
        return client.preparedQuery(DELETE).execute(Params.of(id)).map(rows -> rows.rowCount() == 1);
    }

    private static Counted counted(Row row) {
        String[] names = row.getArrayOfStrings("results");
        Long[] counts = row.getArrayOfLongs("counts");
        Map<String, Long> results = new TreeMap<>();
        for (int i = 0; i < names.length; i++) {
            results.put(names[i], counts[i]);
        }
        return new Counted(
                new CallList(
                        row.getUUID("id"),
                        row.getString("name"),
                        row.getString("offer"),
                        row.getString("purpose"),
                        row.getUUID("segment_id"),
                        row.getString("created_by"),
                        row.getOffsetDateTime("created_at").toInstant()),
                row.getLong("entries"),
                results);
    }

    private static Entry entry(Row row) {
        String result = row.getString("result");
        OffsetDateTime at = row.getOffsetDateTime("result_at");
        return new Entry(
                row.getUUID("id"),
                row.getUUID("customer_id"),
                result == null ? null : CallResult.valueOf(result),
                at == null ? null : at.toInstant(),
                row.getString("result_by"));
    }
}
