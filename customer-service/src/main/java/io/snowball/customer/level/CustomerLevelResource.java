package io.snowball.customer.level;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.level.LevelApi.LoyaltyLevelChange;
import io.snowball.customer.level.LevelApi.LoyaltyLevelChangePage;
import io.snowball.customer.level.LevelApi.LoyaltyStanding;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/customers/{id}/loyalty-level")
@Produces("application/json")
@Tag(name = "Loyalty")
class CustomerLevelResource {
    private final Levels levels;

    CustomerLevelResource(Levels levels) {
        this.levels = levels;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "loyalty", subject = "id")
    @Operation(
            operationId = "getLoyaltyStanding",
            summary = "Read on which level a customer is",
            description = "And since when.")
    public Uni<LoyaltyStanding> standing(@RestPath UUID id) {
        return levels.standing(id).map(LoyaltyStanding::of);
    }

    @GET
    @Path("changes")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "loyalty", subject = "id")
    @Operation(
            operationId = "listLoyaltyLevelChanges",
            summary = "List how a customer's level changed",
            description = "Newest first.")
    public Uni<LoyaltyLevelChangePage> changes(
            @RestPath UUID id,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return levels.history(id, cursor, limit)
                .map(page -> page.map(
                        past -> new LoyaltyLevelChange(past.id(), past.level(), past.previous(), past.changedAt())))
                .map(page -> new LoyaltyLevelChangePage(page.items(), page.nextCursor()));
    }
}
