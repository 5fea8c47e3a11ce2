package io.snowball.customer.level;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.level.LevelApi.DefineLoyaltyLevel;
import io.snowball.customer.level.LevelApi.LoyaltyLevelList;
import io.snowball.customer.level.LevelApi.LoyaltyLevelView;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

@Path("/api/v1")
@Produces("application/json")
@Tag(name = "Loyalty")
class LoyaltyLevelResource {
    private final Levels levels;

    LoyaltyLevelResource(Levels levels) {
        this.levels = levels;
    }

    @PUT
    @Path("loyalty-levels/{code}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(
            operationId = "defineLoyaltyLevel",
            summary = "Define a level, or change it",
            description =
                    "Who is on it is looked at anew. A customer rises with the purchase that makes the conditions hold, and falls when "
                            + "keepDays are over and they no longer do: looked at once a day.")
    public Uni<LoyaltyLevelView> define(
            @RestPath @Pattern(regexp = LevelApi.CODE) String code, @Valid @NotNull DefineLoyaltyLevel body) {
        return levels.store(body.toLevel(code)).map(LoyaltyLevelView::of);
    }

    @DELETE
    @Path("loyalty-levels/{code}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(
            operationId = "deleteLoyaltyLevel",
            summary = "Give a level up",
            description = "Who is on it goes to the highest level whose conditions hold.")
    @APIResponse(responseCode = "204", description = "Given up")
    public Uni<Void> delete(@RestPath @Pattern(regexp = LevelApi.CODE) String code) {
        return levels.delete(code);
    }

    @GET
    @Path("loyalty-levels")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.PARTNER, Roles.SERVICE})
    @Operation(operationId = "listLoyaltyLevels", summary = "List the levels", description = "At most 20.")
    public Uni<LoyaltyLevelList> list() {
        return levels.all()
                .map(all -> new LoyaltyLevelList(
                        all.stream().map(LoyaltyLevelView::of).toList()));
    }
}
