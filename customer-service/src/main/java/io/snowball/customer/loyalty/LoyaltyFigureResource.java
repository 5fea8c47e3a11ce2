package io.snowball.customer.loyalty;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.loyalty.FigureApi.LoyaltyFigures;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/api/v1")
@Produces("application/json")
@Tag(name = "Loyalty")
class LoyaltyFigureResource {
    private final Figures figures;

    LoyaltyFigureResource(Figures figures) {
        this.figures = figures;
    }

    @GET
    @Path("loyalty-figures")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "getLoyaltyFigures",
            summary = "Read what the programme gave and what came of it",
            description =
                    "Points in a period by kind and by rule, with the turnover of the orders they were given for.")
    public Uni<LoyaltyFigures> figures(
            @RestQuery @NotNull @Parameter(description = "Start of the period", example = "2026-01-01T00:00:00Z")
                    Instant from,
            @RestQuery
                    @NotNull
                    @Parameter(description = "End of the period, not in it", example = "2026-02-01T00:00:00Z")
                    Instant to) {
        return figures.of(from, to);
    }
}
