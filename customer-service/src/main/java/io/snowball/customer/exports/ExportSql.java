package io.snowball.customer.exports;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Exports in SQL: asking, deciding, looking, and taking files away. {@link ExportWorkSql} is how they are written. */
@ApplicationScoped
class ExportSql {
    /* language=PostgreSQL */
    static final String COLUMNS = """
            e.id, e.state, e.format, e.delimiter, e.encoding, e.columns, e.masked, e.segment_id, e.purpose, e.reason, e.requested_by,
            e.requested_at, e.decided_by, e.decided_at, e.customers, e.collected_after, e.attempt, e.tries, e.rows, e.pieces, e.bytes,
            e.written_at, e.expires_at, e.failure
            """;

    /* language=PostgreSQL */
    private static final String CREATE = """
            insert into export (id, state, format, delimiter, encoding, columns, masked, segment_id, purpose, reason, requested_by,
                                requested_at)
            values ($1, 'COLLECTING', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """;

    // An old id of a merged customer leads on; who is not known or blocked is left out.
    /* language=PostgreSQL */
    private static final String ADD = """
            insert into export_member (export_id, customer_id)
            select $1, c.id
            from unnest($2::uuid[]) as asked (id)
            join customer c on c.id = coalesce((select a.customer_id from customer_alias a where a.id = asked.id), asked.id)
              and c.blocked_at is null
            on conflict do nothing
            """;

    // The number of people decides whether a second person has to approve.
    /* language=PostgreSQL */
    private static final String SETTLE = """
            update export
            set customers = customers + $2, tries = 0, lease_until = null,
                state = case when $3 and customers + $2 > $4 then 'AWAITING_APPROVAL' else 'WRITING' end
            where id = $1
            """;

    private static final String GET = "select " + COLUMNS + " from export e where e.id = $1";

    private static final String LOCK = GET + " for update";

    private static final String PAGE = "select " + COLUMNS + """
            from export e
            where ($1::text is null or e.requested_by = $1) and ($2::uuid is null or e.id < $2)
            order by e.id desc
            limit $3
            """;

    /* language=PostgreSQL */
    private static final String DECIDE =
            "update export set state = $2, decided_by = $3, decided_at = $4, failure = $5 where id = $1";

    /* language=PostgreSQL */
    private static final String END = """
            update export
            set state = $2, failure = $3, lease_until = null, attempt = attempt + 1
            where id = $1
            """;

    /* language=PostgreSQL */
    private static final String DROP_PIECES = "delete from export_piece where export_id = any($1)";

    /* language=PostgreSQL */
    private static final String PIECE =
            "select bytes from export_piece where export_id = $1 and attempt = $2 and n = $3";

    /* language=PostgreSQL */
    private static final String RESTART = """
            update export e
            set attempt = e.attempt + 1, tries = 0, lease_until = null
            where e.state = 'WRITING'
              and e.id in (select m.export_id from export_member m where m.customer_id = any($1))
            """;

    private static final String WITH = "select " + COLUMNS + """
            from export e
            where e.state = 'READY' and e.id in (select m.export_id from export_member m where m.customer_id = any($1))
            for update
            """;

    Uni<Void> create(SqlConnection tx, Export export) {
        Export.Shape shape = export.shape();
        return tx.preparedQuery(CREATE)
                .execute(Params.of(
                        export.id(),
                        shape.format().name(),
                        String.valueOf(shape.delimiter()),
                        shape.encoding().name(),
                        shape.columns().toArray(String[]::new),
                        shape.masked(),
                        export.segmentId(),
                        export.why().purpose(),
                        export.why().reason(),
                        export.requestedBy(),
                        at(export.requestedAt())))
                .replaceWithVoid();
    }

    /** @return how many of them are new in it */
    Uni<Integer> add(SqlConnection tx, UUID id, Collection<UUID> customers) {
        return tx.preparedQuery(ADD)
                .execute(Params.of(id, customers.toArray(UUID[]::new)))
                .map(rows -> rows.rowCount());
    }

    Uni<Void> settle(SqlConnection tx, UUID id, int more, boolean inTheClear, int approveAbove) {
        return tx.preparedQuery(SETTLE)
                .execute(Params.of(id, more, inTheClear, approveAbove))
                .replaceWithVoid();
    }

    Uni<Optional<Export>> find(SqlClient client, UUID id) {
        return client.preparedQuery(GET).execute(Params.of(id)).map(rows -> Rows.first(rows, Export::of));
    }

    Uni<Optional<Export>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK).execute(Params.of(id)).map(rows -> Rows.first(rows, Export::of));
    }

    /** @param requestedBy null for everybody's */
    Uni<List<Export>> page(SqlClient client, @Nullable String requestedBy, @Nullable UUID before, int limit) {
        return client.preparedQuery(PAGE)
                .execute(Params.of(requestedBy, before, limit))
                .map(rows -> Rows.list(rows, Export::of));
    }

    Uni<Void> decide(SqlConnection tx, UUID id, ExportState state, String by, Instant now, @Nullable String failure) {
        return tx.preparedQuery(DECIDE)
                .execute(Params.of(id, state.name(), by, at(now), failure))
                .replaceWithVoid();
    }

    /** No file, for good. Whoever is writing one writes in vain. */
    Uni<Void> end(SqlConnection tx, UUID id, ExportState state, String failure) {
        return tx.preparedQuery(END)
                .execute(Params.of(id, state.name(), failure))
                .chain(() -> tx.preparedQuery(DROP_PIECES).execute(Params.of((Object) new UUID[] {id})))
                .replaceWithVoid();
    }

    /** A file that is just being written is begun anew. */
    Uni<Void> restartWith(SqlConnection tx, Collection<UUID> customers) {
        return tx.preparedQuery(RESTART)
                .execute(Params.of((Object) customers.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    Uni<List<Export>> readyWith(SqlConnection tx, Collection<UUID> customers) {
        return tx.preparedQuery(WITH)
                .execute(Params.of((Object) customers.toArray(UUID[]::new)))
                .map(rows -> Rows.list(rows, Export::of));
    }

    Uni<byte[]> piece(SqlClient client, Export export, int n) {
        return client.preparedQuery(PIECE)
                .execute(Params.of(export.id(), export.attempt(), n))
                .map(rows -> Rows.first(rows, row -> row.getBuffer("bytes").getBytes())
                        // Somebody in it was blocked or erased just now: better half a file than the whole.
                        .orElseThrow(() -> new IllegalStateException("The file was deleted while it was sent")));
    }

    static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static Object bytes(byte[] bytes) {
        return Buffer.buffer(bytes).getDelegate();
    }
}
