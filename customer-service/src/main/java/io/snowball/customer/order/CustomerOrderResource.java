package io.snowball.customer.order;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.order.OrderApi.OrderPage;
import io.snowball.customer.order.OrderApi.OrderView;
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
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** A class of its own: the router chooses the class by its path first, and would look for this one among the customers. */
@Path("/api/v1/customers/{id}/orders")
@Produces("application/json")
@Tag(name = "Orders")
class CustomerOrderResource {
    private final Orders orders;

    CustomerOrderResource(Orders orders) {
        this.orders = orders;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "customer-care", subject = "id")
    @Operation(
            operationId = "listCustomerOrders",
            summary = "List what a customer bought, newest first",
            description = "Empty for a customer without orders, and for an id that nobody has.")
    public Uni<OrderPage> list(
            @RestPath UUID id,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return orders.list(id, cursor, limit)
                .chain(page -> orders.lines(page.items())
                        .map(lines -> new OrderPage(
                                page.map(order -> OrderView.of(order, lines.getOrDefault(order.id(), List.of())))
                                        .items(),
                                page.nextCursor())));
    }
}
