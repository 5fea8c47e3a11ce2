package io.snowball.segmentation.rfm;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.Revision;
import io.snowball.segmentation.rfm.RfmGridApi.RfmGridBody;
import io.snowball.segmentation.rfm.RfmGridApi.RfmGridPage;
import io.snowball.segmentation.rfm.RfmGridApi.RfmGridReport;
import io.snowball.segmentation.rfm.RfmGridApi.RfmGridView;
import io.snowball.segmentation.rfm.RfmGridApi.RfmScorePage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/rfm-grids")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "RFM")
class RfmGridResource {
    private final RfmGrids grids;

    RfmGridResource(RfmGrids grids) {
        this.grids = grids;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(
            operationId = "createRfmGrid",
            summary = "Declare a grid",
            description =
                    "By quantiles or by thresholds, with cells of its own. Up to 50 grids beside the built-in one.")
    @APIResponseSchema(value = RfmGridView.class, responseCode = "201", responseDescription = "Created")
    public Uni<RestResponse<RfmGridView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull RfmGridBody body) {
        return grids.create(key, body);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "listRfmGrids",
            summary = "List declared grids",
            description = "In the order they were made.")
    public Uni<RfmGridPage> list(
            @RestQuery @Nullable String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit) {
        return grids.list(cursor, limit).map(RfmGridPage::of);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "getRfmGrid",
            summary = "Read one grid",
            description = "ETag carries the version that updateRfmGrid wants in If-Match.")
    @APIResponseSchema(RfmGridView.class)
    public Uni<RestResponse<RfmGridView>> get(@RestPath UUID id) {
        return grids.get(id).map(RfmGridResource::tagged);
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(operationId = "updateRfmGrid", summary = "Replace a grid", description = "Its reports follow at once.")
    @APIResponseSchema(RfmGridView.class)
    public Uni<RestResponse<RfmGridView>> replace(
            @RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch, @Valid @NotNull RfmGridBody body) {
        return grids.replace(id, Revision.required(ifMatch), body).map(RfmGridResource::tagged);
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(
            operationId = "deleteRfmGrid",
            summary = "Delete a grid",
            description = "Nothing else depends on it: its numbers are counted whenever they are asked for.")
    public Uni<Void> delete(@RestPath UUID id) {
        return grids.delete(id);
    }

    @GET
    @Path("{id}/report")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "getRfmGridReport",
            summary = "The cells of a declared grid",
            description =
                    "Customers, orders, revenue and average bill of each cell, now or as it was. Population: all buyers. "
                            + "Recency in whole days of 24 hours since the last order, frequency in orders, monetary in revenue; "
                            + "cancelled and returned orders do not count.")
    public Uni<RfmGridReport> report(
            @RestPath UUID id,
            @RestQuery
                    @Nullable
                    @Parameter(
                            example = "2026-11-01T00:00:00Z",
                            description = "Only orders before this moment, and recency as seen from it; absent: now")
                    Instant asOf) {
        return grids.report(id, asOf);
    }

    @GET
    @Path("{id}/scores")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Accesses(value = AccessAction.READ, purpose = "analysis")
    @Operation(
            operationId = "listRfmGridScores",
            summary = "The three scores and the cell of each buyer",
            description = "In id order; of one cell where it is given. Each page is what is true when it is asked for.")
    public Uni<RfmScorePage> scores(
            @RestPath UUID id,
            @RestQuery @Nullable Instant asOf,
            @RestQuery
                    @Nullable
                    @Pattern(regexp = "[A-Z][A-Z0-9_]{0,39}")
                    @Parameter(description = "Only customers in this cell of the grid", example = "CHAMPIONS")
                    String cell,
            @RestQuery @Nullable UUID after,
            @RestQuery @DefaultValue("1000") @Min(1) @Max(10_000) int limit) {
        return grids.scores(id, asOf, cell, after, limit);
    }

    private static RestResponse<RfmGridView> tagged(RfmGrid grid) {
        return Revision.tagged(RfmGridView.of(grid), grid.version());
    }
}
