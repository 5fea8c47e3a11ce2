package io.snowball.customer.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Traces in SQL. */
@ApplicationScoped
class ErasureSql {
    // The id that was asked for, the one under which the person lives on, and all others that lead there.
    /* language=PostgreSQL */
    private static final String IDS = """
            with current as (
              select coalesce((select a.customer_id from customer_alias a where a.id = $1), $1) as id
            )
            select i.id
            from (
              select c.id, 1 as place from current c
              union all
              select a.id, 2 from customer_alias a join current c on c.id = a.customer_id) i
            order by i.place, i.id
            """;

    /* language=PostgreSQL */
    private static final String STATE = """
            select (select c.blocked_at from customer c where c.id = any($1) limit 1) as blocked_at,
                   (select max(e.erased_at) from erasure e where e.subject_id = any($1)) as erased_at
            """;

    /* language=PostgreSQL */
    private static final String BLOCK = """
            update customer
            set blocked_at = $2, version = version + 1
            where id = any($1) and (blocked_at is null) = ($2::timestamptz is not null)
            returning id
            """;

    /* language=PostgreSQL */
    private static final String NOTE = """
            insert into erasure (subject_id, erased_at, erased_by)
            select s.id, $2, $3 from unnest($1::uuid[]) as s (id)
            on conflict (subject_id) do nothing
            """;

    private static final TypeReference<Map<String, Object>> ROW = new TypeReference<>() {};

    private final ObjectMapper json;

    ErasureSql(ObjectMapper json) {
        this.json = json;
    }

    record State(@Nullable Instant blockedAt, @Nullable Instant erasedAt) {}

    Uni<List<UUID>> ids(SqlClient client, UUID id) {
        return client.preparedQuery(IDS).execute(Params.of(id)).map(rows -> Rows.list(rows, row -> row.getUUID("id")));
    }

    Uni<State> state(SqlClient client, List<UUID> ids) {
        return client.preparedQuery(STATE).execute(ids(ids)).map(rows -> {
            var row = rows.iterator().next();
            return new State(instant(row.getOffsetDateTime("blocked_at")), instant(row.getOffsetDateTime("erased_at")));
        });
    }

    Uni<List<Map<String, Object>>> show(SqlClient client, Trace trace, List<UUID> ids) {
        return client.preparedQuery(trace.show())
                .execute(ids(ids))
                .map(rows -> Rows.list(rows, row -> read(row.getString("row"))));
    }

    /** @return rows that were destroyed, or taken from the person */
    Uni<Integer> destroy(SqlConnection tx, Trace trace, List<UUID> ids) {
        return tx.preparedQuery(trace.destroy()).execute(ids(ids)).map(rows -> rows.rowCount());
    }

    /** @param at null to unblock; who is that already is not touched */
    Uni<Optional<UUID>> block(SqlConnection tx, List<UUID> ids, @Nullable Instant at) {
        return tx.preparedQuery(BLOCK)
                .execute(Params.of(ids.toArray(UUID[]::new), at == null ? null : at.atOffset(ZoneOffset.UTC)))
                .map(rows -> Rows.first(rows, row -> row.getUUID("id")));
    }

    Uni<Void> note(SqlConnection tx, List<UUID> ids, Instant at, String by) {
        return tx.preparedQuery(NOTE)
                .execute(Params.of(ids.toArray(UUID[]::new), at.atOffset(ZoneOffset.UTC), by))
                .replaceWithVoid();
    }

    private static Tuple ids(List<UUID> ids) {
        return Params.of((Object) ids.toArray(UUID[]::new));
    }

    private Map<String, Object> read(String row) {
        try {
            return json.readValue(row, ROW);
        } catch (JsonProcessingException _) {
            // The message of the cause would repeat personal data.
            throw new IllegalStateException("A row of the database is not JSON");
        }
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
