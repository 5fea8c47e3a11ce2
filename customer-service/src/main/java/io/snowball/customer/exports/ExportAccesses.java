package io.snowball.customer.exports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.exports.ExportApi.ExportAccessView;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.feed.Outbox;
import io.snowball.platform.id.Ids;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log of what was done with exports. consent-service hears of each line on the feed. A reason is a code: the log outlives the data. */
@ApplicationScoped
class ExportAccesses {
    /** Who acts where no person does. */
    static final String SERVICE = "customer";

    static final String TYPE = "export.accessed";

    /* language=PostgreSQL */
    private static final String NOTE = """
            insert into export_access (id, export_id, at, actor, action, purpose, reason, customers, result)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """;

    /* language=PostgreSQL */
    private static final String PAGE = """
            select id, at, actor, action, purpose, reason, customers, result
            from export_access
            where export_id = $1 and ($2::uuid is null or id > $2)
            order by id
            limit $3
            """;

    private final Outbox outbox;
    private final Pool pool;
    private final Clock clock;

    ExportAccesses(Outbox outbox, Pool pool, Clock clock) {
        this.outbox = outbox;
        this.pool = pool;
        this.clock = clock;
    }

    /** What the feed tells. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExportAccessed(
            UUID accessId,
            UUID exportId,
            Instant at,
            String actor,
            ExportAction action,
            String purpose,
            boolean masked,
            int customers,
            ExportResult result) {}

    Uni<Void> note(SqlConnection tx, Export export, String actor, ExportAction action, int customers) {
        return note(tx, export, actor, action, customers, ExportResult.DONE);
    }

    /** In a transaction of its own: what was refused leaves nothing else behind. */
    Uni<Void> refused(Export export, String actor, ExportAction action) {
        return pool.withTransaction(tx -> note(tx, export, actor, action, export.customers(), ExportResult.REFUSED));
    }

    private Uni<Void> note(
            SqlConnection tx, Export export, String actor, ExportAction action, int customers, ExportResult result) {
        UUID id = Ids.next();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Export.Why why = export.why();
        return tx.preparedQuery(NOTE)
                .execute(Params.of(
                        id,
                        export.id(),
                        ExportSql.at(now),
                        actor,
                        action.name(),
                        why.purpose(),
                        why.reason(),
                        customers,
                        result.name()))
                .chain(() -> outbox.append(
                        tx,
                        export.id(),
                        TYPE,
                        new ExportAccessed(
                                id,
                                export.id(),
                                now,
                                actor,
                                action,
                                why.purpose(),
                                export.shape().masked(),
                                customers,
                                result)));
    }

    Uni<List<ExportAccessView>> page(UUID exportId, @Nullable UUID after, int limit) {
        return pool.preparedQuery(PAGE)
                .execute(Params.of(exportId, after, limit))
                .map(rows -> Rows.list(rows, ExportAccesses::view));
    }

    private static ExportAccessView view(Row row) {
        return new ExportAccessView(
                row.getUUID("id"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("actor"),
                ExportAction.valueOf(row.getString("action")),
                row.getString("purpose"),
                row.getString("reason"),
                row.getInteger("customers"),
                ExportResult.valueOf(row.getString("result")));
    }
}
