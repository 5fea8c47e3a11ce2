package io.snowball.customer.points;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.points.PointsApi.CorrectPoints;
import io.snowball.customer.points.PointsApi.PointsBalance;
import io.snowball.customer.points.PointsApi.PointsEntry;
import io.snowball.customer.points.PointsApi.PointsStatement;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
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
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/customers/{id}/points")
@Produces("application/json")
@Tag(name = "Loyalty")
class CustomerPointsResource {
    private final CustomerPoints points;
    private final Idempotency idempotency;
    private final SecurityIdentity identity;
    private final JsonWebToken caller;

    CustomerPointsResource(
            CustomerPoints points, Idempotency idempotency, SecurityIdentity identity, JsonWebToken caller) {
        this.points = points;
        this.idempotency = idempotency;
        this.identity = identity;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "loyalty", subject = "id")
    @Operation(
            operationId = "getPoints",
            summary = "Read a customer's loyalty points",
            description = "Zeros for a customer who never had any.")
    public Uni<PointsBalance> get(@RestPath UUID id) {
        return points.balance(id);
    }

    @GET
    @Path("entries")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "loyalty", subject = "id")
    @Operation(
            operationId = "listPointsEntries",
            summary = "List how a customer's points came and went",
            description =
                    "Newest first. Double entry: each takes points from one account and gives them to another. AVAILABLE, HELD and DEBT are "
                            + "the customer's, the others the programme's.")
    public Uni<PointsStatement> list(
            @RestPath UUID id,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        boolean reason =
                Stream.of(Roles.ADMIN, Roles.SALES, Roles.DPO, Roles.SERVICE).anyMatch(identity::hasRole);
        return points.statement(id, cursor, limit)
                .map(page -> page.map(entry -> PointsEntry.of(entry, reason)))
                .map(page -> new PointsStatement(page.items(), page.nextCursor()));
    }

    @POST
    @Path("corrections")
    @RolesAllowed({Roles.ADMIN, Roles.SALES})
    @Accesses(value = AccessAction.CHANGE, purpose = "loyalty", subject = "id")
    @Operation(
            operationId = "correctPoints",
            summary = "Give or take points by hand",
            description =
                    "With a reason; who did it is written down. More than is available can't be taken: 409. Idempotency-Key is required.")
    @APIResponse(
            responseCode = "200",
            description = "What the customer has now",
            content = @Content(schema = @Schema(implementation = PointsBalance.class)))
    public Uni<RestResponse<PointsBalance>> correct(
            @RestPath UUID id, @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CorrectPoints body) {
        return idempotency.once(
                "correctPoints",
                Idempotency.required(key),
                List.of(id, body),
                PointsBalance.class,
                tx -> points.correct(tx, id, body, caller.getSubject()).map(Reply::ok));
    }
}
