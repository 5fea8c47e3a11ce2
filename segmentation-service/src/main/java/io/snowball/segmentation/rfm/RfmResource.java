package io.snowball.segmentation.rfm;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.Revision;
import io.snowball.segmentation.rfm.RfmApi.RfmReport;
import io.snowball.segmentation.rfm.RfmApi.RfmSettingsBody;
import io.snowball.segmentation.rfm.RfmSettingsSql.Versioned;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "RFM")
class RfmResource {
    private final Rfm rfm;

    RfmResource(Rfm rfm) {
        this.rfm = rfm;
    }

    @GET
    @Path("rfm")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "getRfm",
            summary = "The RFM grid",
            description =
                    "Customers and revenue of each of the eleven cells, now or as it was at a time before. Cancelled and "
                            + "returned orders do not count. Every customer with an order is in exactly one cell.")
    public Uni<RfmReport> report(
            @RestQuery
                    @Nullable
                    @Parameter(
                            example = "2026-11-01T00:00:00Z",
                            description = "Only orders before this moment, and recency as seen from it; absent: now")
                    Instant asOf) {
        return rfm.report(asOf);
    }

    @GET
    @Path("rfm-settings")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "getRfmSettings",
            summary = "Read the thresholds of the grid",
            description = "ETag carries the version that updateRfmSettings wants in If-Match.")
    @APIResponseSchema(RfmSettingsBody.class)
    public Uni<RestResponse<RfmSettingsBody>> settings() {
        return rfm.settings().map(RfmResource::tagged);
    }

    @PUT
    @Path("rfm-settings")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(
            operationId = "updateRfmSettings",
            summary = "Replace the thresholds of the grid",
            description =
                    "The grid follows at once, segments that name cells of it with the next run of the clock job.")
    @APIResponseSchema(RfmSettingsBody.class)
    public Uni<RestResponse<RfmSettingsBody>> replace(
            @RestHeader("If-Match") @Nullable String ifMatch, @Valid @NotNull RfmSettingsBody body) {
        return rfm.replace(body.toSettings(), Revision.required(ifMatch)).map(RfmResource::tagged);
    }

    private static RestResponse<RfmSettingsBody> tagged(Versioned current) {
        return Revision.tagged(RfmSettingsBody.of(current.settings()), current.version());
    }
}
