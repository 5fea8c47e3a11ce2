package io.snowball.customer.merge;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.Deadlocks;
import io.snowball.customer.merge.MergeApi.CreateMerge;
import io.snowball.customer.merge.MergeApi.MergePage;
import io.snowball.customer.merge.MergeApi.MergeView;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/merges")
@Produces("application/json")
@Tag(name = "Merges")
class MergeResource {
    private final Merges merges;
    private final Idempotency idempotency;
    private final Pool pool;
    private final JsonWebToken caller;

    MergeResource(Merges merges, Idempotency idempotency, Pool pool, JsonWebToken caller) {
        this.merges = merges;
        this.idempotency = idempotency;
        this.pool = pool;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.SALES})
    @Accesses(value = AccessAction.CHANGE, purpose = "merging")
    @Operation(
            operationId = "createMerge",
            summary = "Merge two customers who are one person",
            description =
                    "Orders and everything else of the merged customer move to the one who stays, who also gets the "
                            + "identities and what was not known yet of the profile. The old id keeps answering with 308. What was "
                            + "sent meanwhile for either is not lost. Can be undone.")
    @APIResponse(
            responseCode = "201",
            description = "Merged",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = MergeView.class)))
    public Uni<RestResponse<MergeView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CreateMerge body) {
        String by = caller.getSubject();
        return idempotency
                .once(
                        "createMerge",
                        key,
                        body,
                        MergeView.class,
                        tx -> merges.merge(tx, body.customerId(), body.mergedCustomerId(), MergeReason.DECIDED, by)
                                .map(merge -> Reply.created("/api/v1/merges/" + merge.id(), MergeView.of(merge))))
                .onFailure(Deadlocks::caused)
                .retry()
                .atMost(Deadlocks.MAX_RETRIES);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.SALES, Roles.DPO, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "merging")
    @Operation(
            operationId = "listMerges",
            summary = "List the merges of a customer, newest first",
            description = "Those in which the customer stayed and those in which it went, undone ones too.")
    public Uni<MergePage> list(
            @RestQuery @NotNull UUID customerId,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return merges.list(customerId, cursor, limit).map(MergePage::of);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.SALES, Roles.DPO, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "merging")
    @Operation(
            operationId = "getMerge",
            summary = "Read one merge",
            description = "Who, when, and whether it was undone.")
    public Uni<MergeView> get(@RestPath UUID id) {
        return merges.get(id).map(MergeView::of);
    }

    @POST
    @Path("{id}/unmerges")
    @RolesAllowed({Roles.ADMIN, Roles.SALES})
    @Accesses(value = AccessAction.CHANGE, purpose = "merging")
    @Operation(
            operationId = "undoMerge",
            summary = "Undo a merge",
            description =
                    "Exactly what went over goes back: orders, identities, what the profile took over and nobody has "
                            + "changed since. What came in after the merge stays with the customer who stayed. Refused with 409 where that "
                            + "customer was merged on: undo the later merge first.")
    @APIResponse(
            responseCode = "200",
            description = "Undone",
            content = @Content(schema = @Schema(implementation = MergeView.class)))
    public Uni<MergeView> undo(@RestPath UUID id) {
        String by = caller.getSubject();
        return pool.withTransaction(tx -> merges.unmerge(tx, id, by))
                .onFailure(Deadlocks::caused)
                .retry()
                .atMost(Deadlocks.MAX_RETRIES)
                .map(MergeView::of);
    }
}
