package io.snowball.consent.access;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.access.AccessApi.RetentionPurge;
import io.snowball.consent.access.AccessApi.RetentionPurgePage;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/retention-purges")
@Produces("application/json")
@Tag(name = "Access log")
@RolesAllowed({Roles.ADMIN, Roles.DPO})
class PurgeResource {
    /* language=PostgreSQL */
    private static final String LIST = """
            select id, what, source, until, rows_removed, purged_at
            from retention_purge
            where id < $1
            order by id desc
            limit $2
            """;

    private static final UUID LAST = new UUID(-1, -1);

    private final Pool pool;

    PurgeResource(Pool pool) {
        this.pool = pool;
    }

    @GET
    @Operation(
            operationId = "listRetentionPurges",
            summary = "What left when its term of keeping was over, newest first",
            description =
                    "The access log, events of the consent ledger, closed requests, acknowledged notices to recipients, incidents. The terms are legal terms: ACCESS_LOG_KEPT, CONSENT_KEPT, REQUEST_KEPT (requests and notices), INCIDENT_KEPT.")
    public Uni<RetentionPurgePage> list(
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        List<String> after = Cursor.decode(cursor, 1);
        return pool.preparedQuery(LIST)
                .execute(Params.of(after == null ? LAST : Cursor.asUuid(after.getFirst()), limit + 1))
                .map(rows -> Keyset.of(
                        Rows.list(rows, PurgeResource::view),
                        limit,
                        last -> List.of(last.id().toString())))
                .map(page -> new RetentionPurgePage(page.items(), page.nextCursor()));
    }

    private static RetentionPurge view(Row row) {
        return new RetentionPurge(
                row.getUUID("id"),
                row.getString("what"),
                row.getString("source"),
                row.getOffsetDateTime("until").toInstant(),
                row.getLong("rows_removed"),
                row.getOffsetDateTime("purged_at").toInstant());
    }
}
