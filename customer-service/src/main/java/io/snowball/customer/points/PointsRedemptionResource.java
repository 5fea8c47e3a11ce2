package io.snowball.customer.points;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.points.RedemptionApi.RedeemPoints;
import io.snowball.customer.points.RedemptionApi.RedemptionView;
import io.snowball.customer.points.RedemptionApi.SettlePoints;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.security.Roles;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
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
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/points-redemptions")
@Produces("application/json")
@Tag(name = "Loyalty")
@RolesAllowed({Roles.ADMIN, Roles.SALES, Roles.PARTNER, Roles.SERVICE})
class PointsRedemptionResource {
    private static final String PATH = "/api/v1/points-redemptions/";

    private final Redemptions redemptions;
    private final CustomerPoints points;
    private final Idempotency idempotency;
    private final JsonWebToken caller;
    private final Clock clock;

    PointsRedemptionResource(
            Redemptions redemptions, CustomerPoints points, Idempotency idempotency, JsonWebToken caller, Clock clock) {
        this.redemptions = redemptions;
        this.points = points;
        this.idempotency = idempotency;
        this.caller = caller;
        this.clock = clock;
    }

    @POST
    @Accesses(value = AccessAction.CHANGE, purpose = "loyalty")
    @Operation(
            operationId = "redeemPoints",
            summary = "Pay with points",
            description =
                    "At once, or set aside with holdSeconds and captured when the order is paid; a hold that is not captured in time comes "
                            + "back by itself. 409 where there are not enough, however many ask at once. Idempotency-Key is required.")
    @APIResponse(
            responseCode = "201",
            description = "Set aside or paid",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = RedemptionView.class)))
    public Uni<RestResponse<RedemptionView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull RedeemPoints body) {
        return idempotency.once(
                "redeemPoints",
                Idempotency.required(key),
                body,
                RedemptionView.class,
                tx -> redemptions
                        .create(tx, body.toOrder(clock.instant()), caller.getSubject())
                        .chain(redemption -> view(tx, redemption))
                        .map(view -> Reply.created(PATH + view.id(), view)));
    }

    @GET
    @Path("{id}")
    @Accesses(value = AccessAction.READ, purpose = "loyalty")
    @Operation(
            operationId = "getPointsRedemption",
            summary = "Read a payment with points",
            description = "And what became of it.")
    public Uni<RedemptionView> get(@RestPath UUID id) {
        return redemptions
                .get(id)
                .chain(redemption -> points.settings().map(settings -> RedemptionView.of(redemption, settings)));
    }

    @POST
    @Path("{id}/captures")
    @Accesses(value = AccessAction.CHANGE, purpose = "loyalty")
    @Operation(
            operationId = "capturePoints",
            summary = "Take the points that were set aside",
            description = "What is not captured becomes available again. 409 where the hold is over.")
    @APIResponse(
            responseCode = "200",
            description = "Paid",
            content = @Content(schema = @Schema(implementation = RedemptionView.class)))
    public Uni<RestResponse<RedemptionView>> capture(
            @RestPath UUID id, @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull SettlePoints body) {
        return settle(
                "capturePoints",
                key,
                List.of(id, body),
                tx -> redemptions.capture(tx, id, body.points(), caller.getSubject()));
    }

    @POST
    @Path("{id}/releases")
    @Accesses(value = AccessAction.CHANGE, purpose = "loyalty")
    @Operation(
            operationId = "releasePoints",
            summary = "Give back the points that were set aside",
            description = "409 where they were captured, or the hold is over.")
    @APIResponse(
            responseCode = "200",
            description = "Available again",
            content = @Content(schema = @Schema(implementation = RedemptionView.class)))
    public Uni<RestResponse<RedemptionView>> release(
            @RestPath UUID id, @RestHeader("Idempotency-Key") @Nullable UUID key) {
        return settle("releasePoints", key, List.of(id), tx -> redemptions.release(tx, id, caller.getSubject()));
    }

    @POST
    @Path("{id}/refunds")
    @Accesses(value = AccessAction.CHANGE, purpose = "loyalty")
    @Operation(
            operationId = "refundPoints",
            summary = "Give back points that were paid with",
            description =
                    "For an order that came back in part; of one that is cancelled or returned as a whole they come back by themselves. They "
                            + "live as long as they had left. Idempotency-Key is required.")
    @APIResponse(
            responseCode = "200",
            description = "Given back",
            content = @Content(schema = @Schema(implementation = RedemptionView.class)))
    public Uni<RestResponse<RedemptionView>> refund(
            @RestPath UUID id, @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull SettlePoints body) {
        return settle(
                "refundPoints",
                Idempotency.required(key),
                List.of(id, body),
                tx -> redemptions.refund(tx, id, body.points(), caller.getSubject()));
    }

    private Uni<RestResponse<RedemptionView>> settle(
            String operation, @Nullable UUID key, Object request, Function<SqlConnection, Uni<Redemption>> work) {
        return idempotency.once(
                operation,
                key,
                request,
                RedemptionView.class,
                tx -> work.apply(tx).chain(redemption -> view(tx, redemption)).map(Reply::ok));
    }

    private Uni<RedemptionView> view(SqlConnection tx, Redemption redemption) {
        return points.settings(tx).map(settings -> RedemptionView.of(redemption, settings));
    }
}
