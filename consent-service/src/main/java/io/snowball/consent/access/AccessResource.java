package io.snowball.consent.access;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.access.AccessApi.AccessRecordPage;
import io.snowball.consent.access.AccessApi.AccessRecordView;
import io.snowball.consent.access.AccessSql.Filter;
import io.snowball.consent.access.AccessSql.Place;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.AccessNotes;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.security.Roles;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/access-records")
@Produces("application/json")
@Tag(name = "Access log", description = "Who did what with whose data, in every service (152-FZ art. 19)")
// Not for admins: what they do is in it.
@RolesAllowed(Roles.DPO)
class AccessResource {
    private final Pool pool;
    private final AccessSql sql;
    private final AccessNotes notes;

    AccessResource(Pool pool, AccessSql sql, AccessNotes notes) {
        this.pool = pool;
        this.sql = sql;
        this.notes = notes;
    }

    @GET
    @Accesses(value = AccessAction.SEARCH, purpose = "access-log")
    @Operation(operationId = "listAccessRecords", summary = "The access log, newest first", description = """
                    By person, by user, by what was done, by service and by time; filters narrow each other. Records of other services come \
                    within seconds. Reading the log is in the log.""")
    public Uni<AccessRecordPage> list(
            @RestQuery @Parameter(description = "Whose data") @Nullable UUID customerId,
            @RestQuery
                    @Pattern(regexp = "[^\\x00]{1,100}")
                    @Parameter(description = "Who did it: the id of a user, or the name of a service")
                    @Nullable
                    String actor,
            @RestQuery @Parameter(description = "What was done") @Nullable AccessAction action,
            @RestQuery
                    @Pattern(regexp = "[a-z]{2,30}")
                    @Parameter(description = "The service", example = "customer")
                    @Nullable
                    String source,
            @RestQuery @Parameter(description = "Not before") @Nullable Instant from,
            @RestQuery @Parameter(description = "Before") @Nullable Instant to,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        if (customerId != null) {
            notes.customer(customerId);
        }
        Filter filter = new Filter(customerId, actor, action, source, from, to);
        List<String> after = Cursor.decode(cursor, 2, filter);
        Place place =
                after == null ? null : new Place(Cursor.asInstant(after.getFirst()), Cursor.asUuid(after.getLast()));
        return sql.list(pool, filter, place, limit + 1)
                .map(rows -> Keyset.of(
                        rows,
                        limit,
                        last -> List.of(
                                last.entry().at().toString(), last.entry().id().toString()),
                        filter))
                .map(page -> page.map(AccessRecordView::of))
                .map(page -> new AccessRecordPage(page.items(), page.nextCursor()));
    }

    @GET
    @Path("{id}")
    @Accesses(value = AccessAction.READ, purpose = "access-log")
    @Operation(
            operationId = "getAccessRecord",
            summary = "Read one record of the access log",
            description = "By its id.")
    public Uni<AccessRecordView> get(@RestPath UUID id) {
        return sql.get(pool, id)
                .map(found -> found.map(AccessRecordView::of)
                        .orElseThrow(() -> CommonProblem.NOT_FOUND.with("No record has this id, or its term is over")));
    }
}
