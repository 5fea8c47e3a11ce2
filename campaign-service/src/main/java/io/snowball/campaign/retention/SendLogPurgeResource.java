package io.snowball.campaign.retention;

import io.smallrye.mutiny.Uni;
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
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/send-log-purges")
@Produces("application/json")
@Tag(name = "Send log", description = "What was sent, and how long that is known")
@RolesAllowed({Roles.ADMIN, Roles.DPO})
class SendLogPurgeResource {
    /* language=PostgreSQL */
    private static final String LIST = """
            select id, what, campaign_id, until, rows_removed, began_at, purged_at
            from send_log_purge
            where id < $1
            order by id desc
            limit $2
            """;

    private static final UUID LAST = new UUID(-1, -1);

    private final Pool pool;

    SendLogPurgeResource(Pool pool) {
        this.pool = pool;
    }

    record SendLogPurge(
            @NotNull UUID id,

            @Schema(examples = "CAMPAIGN", description = "CAMPAIGN, CONFIRMATION_MAILS or ORDERS") @NotNull
            String what,

            @Schema(description = "Whose messages they were; absent for confirmation mails and orders") @Nullable
            UUID campaignId,

            @Schema(description = "All of it was handed over, or ordered, before this") @NotNull
            Instant until,

            @Schema(examples = "12000", description = "Messages, their events and moves") @NotNull
            long rowsRemoved,

            @NotNull Instant beganAt,

            @Schema(description = "Absent while some of it is still there") @Nullable
            Instant purgedAt) {
        private static SendLogPurge of(Row row) {
            OffsetDateTime purged = row.getOffsetDateTime("purged_at");
            return new SendLogPurge(
                    row.getUUID("id"),
                    row.getString("what"),
                    row.getUUID("campaign_id"),
                    row.getOffsetDateTime("until").toInstant(),
                    row.getLong("rows_removed"),
                    row.getOffsetDateTime("began_at").toInstant(),
                    purged == null ? null : purged.toInstant());
        }
    }

    record SendLogPurgePage(
            @NotNull List<SendLogPurge> items,

            @Schema(description = "Absent on the last page") @Nullable
            String nextCursor) {}

    @GET
    @Operation(
            operationId = "listSendLogPurges",
            summary = "What left of the send log when its term of keeping was over, newest first",
            description = """
                    Messages with their events, three years after their campaign's last hand-over, mails that asked for a confirmation, and \
                    copies of orders that no message is left to be counted for. \
                    The term is a setting of the installation, CAMPAIGN_RETENTION_SEND_LOG. Reports of such campaigns go on answering from \
                    sums that were kept.""")
    public Uni<SendLogPurgePage> list(
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        List<String> after = Cursor.decode(cursor, 1);
        return pool.preparedQuery(LIST)
                .execute(Params.of(after == null ? LAST : Cursor.asUuid(after.getFirst()), limit + 1))
                .map(rows -> Keyset.of(
                        Rows.list(rows, SendLogPurge::of),
                        limit,
                        last -> List.of(last.id().toString())))
                .map(page -> new SendLogPurgePage(page.items(), page.nextCursor()));
    }
}
