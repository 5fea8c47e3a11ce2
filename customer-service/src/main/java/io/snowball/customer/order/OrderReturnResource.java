package io.snowball.customer.order;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.order.OrderReturnApi.CreateOrderReturn;
import io.snowball.customer.order.OrderReturnApi.OrderReturnList;
import io.snowball.customer.order.OrderReturnApi.OrderReturnView;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.UUID;
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

@Path("/api/v1/orders/{id}/returns")
@Produces("application/json")
@Tag(name = "Orders")
class OrderReturnResource {
    private final OrderReturns returns;
    private final Idempotency idempotency;

    OrderReturnResource(OrderReturns returns, Idempotency idempotency) {
        this.returns = returns;
        this.idempotency = idempotency;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.SALES, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.CHANGE, purpose = "customer-record")
    @Operation(
            operationId = "createOrderReturn",
            summary = "Tell what came back of an order",
            description =
                    "The order is PARTLY_RETURNED until all that was paid for it is back, then RETURNED; order.changed follows with what is "
                            + "left. Refused with 400 where more would come back than was sold. The same externalId again changes nothing.")
    @APIResponse(
            responseCode = "201",
            description = "Stored",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = OrderReturnView.class)))
    @APIResponse(
            responseCode = "200",
            description = "Told before",
            content = @Content(schema = @Schema(implementation = OrderReturnView.class)))
    public Uni<RestResponse<OrderReturnView>> create(
            @RestPath UUID id,
            @RestHeader("Idempotency-Key") @Nullable UUID key,
            @Valid @NotNull CreateOrderReturn body) {
        return idempotency.once(
                "createOrderReturn", key, List.of(id, body), OrderReturnView.class, tx -> returns.create(tx, id, body));
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "customer-care")
    @Operation(
            operationId = "listOrderReturns",
            summary = "List what came back of an order",
            description = "In the order of time; empty for an id that no order has.")
    public Uni<OrderReturnList> list(@RestPath UUID id) {
        return returns.list(id).map(OrderReturnList::new);
    }
}
