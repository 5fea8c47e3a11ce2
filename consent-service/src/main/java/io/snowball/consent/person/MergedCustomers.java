package io.snowball.consent.person;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Customers who live on under another id. */
@ApplicationScoped
public class MergedCustomers {
    // Who stayed may have been merged itself since. By union, so that not even a circle would hang.
    /* language=PostgreSQL */
    private static final String CURRENT = """
            with recursive path as (
              select m.customer_id, m.into_id from merged_customer m where m.customer_id = any($1)
              union
              select p.customer_id, m.into_id from path p join merged_customer m on m.customer_id = p.into_id)
            select p.customer_id, p.into_id
            from path p
            where not exists (select from merged_customer m where m.customer_id = p.into_id)
            """;

    /* language=PostgreSQL */
    private static final String ALL_IDS = """
            with recursive current as (
              select $1::uuid as id, 0 as depth
              union
              select m.customer_id, c.depth + 1 from current c join merged_customer m on m.into_id = c.id where c.depth < 100)
            select id from current order by depth, id limit 1000
            """;

    /* language=PostgreSQL */
    private static final String ADD = """
            insert into merged_customer (customer_id, into_id, merge_id, merged_at, into_sequence)
            values ($1, $2, $3, $4, $5)
            """;

    /* language=PostgreSQL */
    private static final String REMOVE = """
            delete from merged_customer where merge_id = $1
            returning customer_id, into_id, merge_id, merged_at, into_sequence
            """;

    /** @param intoSequence the last event of who stays before the merge */
    public record Merge(UUID id, UUID intoId, UUID customerId, Instant at, int intoSequence) {}

    /** Under which ids they live on; those who were not merged are not in the answer. */
    public Uni<Map<UUID, UUID>> current(SqlClient client, Set<UUID> ids) {
        return client.preparedQuery(CURRENT)
                .execute(Params.of((Object) ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, UUID> current = new HashMap<>();
                    rows.forEach(row -> current.put(row.getUUID("customer_id"), row.getUUID("into_id")));
                    return current;
                });
    }

    public Uni<UUID> current(SqlClient client, UUID id) {
        return current(client, Set.of(id)).map(merged -> merged.getOrDefault(id, id));
    }

    /** The id under which the person lives on, and then all others that lead there. */
    public Uni<List<UUID>> allIds(SqlClient client, UUID id) {
        return current(client, id)
                .chain(current -> client.preparedQuery(ALL_IDS).execute(Params.of(current)))
                .map(rows -> Rows.list(rows, row -> row.getUUID("id")));
    }

    public Uni<Void> add(SqlConnection tx, Merge merge) {
        return tx.preparedQuery(ADD)
                .execute(Params.of(
                        merge.customerId(),
                        merge.intoId(),
                        merge.id(),
                        merge.at().atOffset(ZoneOffset.UTC),
                        merge.intoSequence()))
                .replaceWithVoid();
    }

    /** @return the merge that is undone; nothing where we never heard of it */
    public Uni<Optional<Merge>> remove(SqlConnection tx, UUID mergeId) {
        return tx.preparedQuery(REMOVE)
                .execute(Params.of(mergeId))
                .map(rows -> Rows.first(
                        rows,
                        row -> new Merge(
                                row.getUUID("merge_id"),
                                row.getUUID("into_id"),
                                row.getUUID("customer_id"),
                                row.getOffsetDateTime("merged_at").toInstant(),
                                row.getInteger("into_sequence"))));
    }
}
