package io.snowball.customer.merge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.profile.Person;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Merges in SQL. */
@ApplicationScoped
class MergeSql {
    /** What a merge notes besides the rows of the {@link Holding}s: orders, and the lines of history that it has written itself. */
    static final String ORDERS = "orders";

    static final String HISTORY = "history";

    /* language=PostgreSQL */
    private static final String RECORD = """
            insert into person_merge (id, survivor_id, merged_id, reason, merged_at, merged_by, survivor_before, merged_before)
            values ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8::text::jsonb)
            """;

    /* language=PostgreSQL */
    private static final String NOTE = "insert into merge_move (merge_id, holding, row_ids) values ($1, $2, $3)";

    /* language=PostgreSQL */
    private static final String MOVED = "select row_ids from merge_move where merge_id = $1 and holding = $2";

    /* language=PostgreSQL */
    private static final String MERGE = """
            select id, survivor_id, merged_id, reason, merged_at, merged_by, unmerged_at, unmerged_by,
                   survivor_before::text as survivor_before, merged_before::text as merged_before
            from person_merge
            """;

    private static final String GET = MERGE + "where id = $1";

    private static final String PAGE = MERGE + """
            where (survivor_id = $1 or merged_id = $1) and ($2::uuid is null or id < $2)
            order by id desc
            limit $3
            """;

    // In the order of the survivor's versions: ids of two replicas follow their clocks.
    private static final String LATER = MERGE + """
            where survivor_id = $1 and id <> $2 and unmerged_at is null and (survivor_before ->> 'version')::int > $3
            order by (survivor_before ->> 'version')::int
            """;

    /* language=PostgreSQL */
    private static final String CORRECT = """
            update person_merge m
            set survivor_before = c.before::jsonb
            from unnest($1::uuid[], $2::text[]) as c (id, before)
            where m.id = c.id
            """;

    /* language=PostgreSQL */
    private static final String UNDO = """
            update person_merge
            set unmerged_at = $2, unmerged_by = $3, survivor_before = null, merged_before = null
            where id = $1
            """;

    private final ObjectMapper json;

    MergeSql(ObjectMapper json) {
        this.json = json;
    }

    Uni<Void> record(SqlConnection tx, Merge merge) {
        return tx.preparedQuery(RECORD)
                .execute(Params.of(
                        merge.id(),
                        merge.survivorId(),
                        merge.mergedId(),
                        merge.reason().name(),
                        merge.mergedAt().atOffset(ZoneOffset.UTC),
                        merge.mergedBy(),
                        write(merge.survivorBefore()),
                        write(merge.mergedBefore())))
                .replaceWithVoid();
    }

    Uni<Void> over(SqlConnection tx, Holding holding, Merge merge) {
        return tx.preparedQuery(holding.over())
                .execute(Params.of(merge.id(), merge.mergedId(), merge.survivorId()))
                .replaceWithVoid();
    }

    Uni<Void> back(SqlConnection tx, Holding holding, Merge merge) {
        return tx.preparedQuery(holding.back())
                .execute(Params.of(merge.id(), merge.survivorId(), merge.mergedId()))
                .replaceWithVoid();
    }

    /** @param what of which the rows are: {@link #ORDERS} or {@link #HISTORY} */
    Uni<Void> note(SqlConnection tx, Merge merge, String what, List<UUID> rows) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(NOTE)
                        .execute(Params.of(merge.id(), what, rows.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }

    /** Which rows went over by the merge, or were written by it. */
    Uni<List<UUID>> moved(SqlConnection tx, UUID mergeId, String what) {
        return tx.preparedQuery(MOVED)
                .execute(Params.of(mergeId, what))
                .map(rows -> Rows.first(rows, row -> List.of(row.getArrayOfUUIDs("row_ids")))
                        .orElse(List.of()));
    }

    Uni<Optional<Merge>> find(SqlClient client, UUID id) {
        return client.preparedQuery(GET).execute(Params.of(id)).map(rows -> Rows.first(rows, this::merge));
    }

    Uni<List<Merge>> page(SqlClient client, UUID customerId, @Nullable UUID before, int limit) {
        return client.preparedQuery(PAGE)
                .execute(Params.of(customerId, before, limit))
                .map(rows -> Rows.list(rows, this::merge));
    }

    /** Those in which the same customer stayed since, as far as they hold, in their order. */
    Uni<List<Merge>> later(SqlConnection tx, Merge merge) {
        Person before = Objects.requireNonNull(merge.survivorBefore());
        return tx.preparedQuery(LATER)
                .execute(Params.of(merge.survivorId(), merge.id(), before.version()))
                .map(rows -> Rows.list(rows, this::merge));
    }

    /** @param before how the survivor would have been, in the order of the merges */
    Uni<Void> correct(SqlConnection tx, List<Merge> merges, List<Person> before) {
        return merges.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(CORRECT)
                        .execute(Params.of(
                                Params.uuids(merges, Merge::id),
                                Params.texts(before.subList(0, merges.size()), this::write)))
                        .replaceWithVoid();
    }

    Uni<Void> undo(SqlConnection tx, UUID id, Instant at, String by) {
        return tx.preparedQuery(UNDO)
                .execute(Params.of(id, at.atOffset(ZoneOffset.UTC), by))
                .replaceWithVoid();
    }

    private Merge merge(Row row) {
        var unmergedAt = row.getOffsetDateTime("unmerged_at");
        return new Merge(
                row.getUUID("id"),
                row.getUUID("survivor_id"),
                row.getUUID("merged_id"),
                MergeReason.valueOf(row.getString("reason")),
                row.getOffsetDateTime("merged_at").toInstant(),
                row.getString("merged_by"),
                unmergedAt == null ? null : unmergedAt.toInstant(),
                row.getString("unmerged_by"),
                read(row.getString("survivor_before")),
                read(row.getString("merged_before")));
    }

    private @Nullable String write(@Nullable Person person) {
        try {
            return person == null ? null : json.writeValueAsString(person);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private @Nullable Person read(@Nullable String text) {
        try {
            return text == null ? null : json.readValue(text, Person.class);
        } catch (JsonProcessingException _) {
            // The message of the cause would repeat personal data.
            throw new IllegalStateException("A side of a merge can't be read");
        }
    }
}
