package io.snowball.customer.points;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.points.PointsApi.PointsSettings;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/points-settings")
@Produces("application/json")
@Tag(name = "Loyalty")
class PointsSettingsResource {
    private final CustomerPoints points;

    PointsSettingsResource(CustomerPoints points) {
        this.points = points;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.PARTNER, Roles.SERVICE})
    @Operation(
            operationId = "getPointsSettings",
            summary = "Read what a point is worth",
            description = "And how much of an order can be paid with points.")
    public Uni<PointsSettings> get() {
        return points.settings().map(PointsSettings::of);
    }

    @PUT
    @RolesAllowed({Roles.ADMIN})
    @Operation(
            operationId = "updatePointsSettings",
            summary = "Say what a point is worth",
            description = "Counts for what is given and paid from now on.")
    public Uni<PointsSettings> update(@Valid @NotNull PointsSettings body) {
        return points.change(body.toSettings()).map(PointsSettings::of);
    }
}
