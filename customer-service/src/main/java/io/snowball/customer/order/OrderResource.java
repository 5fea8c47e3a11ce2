package io.snowball.customer.order;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.order.OrderApi.OrderBatch;
import io.snowball.customer.order.OrderApi.OrderBatchResult;
import io.snowball.customer.order.OrderApi.OrderData;
import io.snowball.customer.order.OrderApi.OrderItemOutcome;
import io.snowball.customer.order.OrderApi.OrderView;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.AccessNotes;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

@Path("/api/v1/orders")
@Produces("application/json")
@Tag(name = "Orders")
class OrderResource {
    private final Orders orders;
    private final Clock clock;
    private final AccessNotes notes;

    OrderResource(Orders orders, Clock clock, AccessNotes notes) {
        this.notes = notes;
        this.orders = orders;
        this.clock = clock;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.CHANGE, purpose = "collection")
    @Operation(
            operationId = "sendOrders",
            summary = "Tell of orders, new or changed",
            description =
                    "1 to 1000 orders, each with all its lines. externalId is what makes repeating harmless: what is stored "
                            + "already is a DUPLICATE, what differs replaces it. A rejected order keeps no other from being stored.")
    public Uni<OrderBatchResult> send(@Valid @NotNull OrderBatch body) {
        notes.details("orders=" + body.items().size());
        Instant now = clock.instant();
        OrderOutcome[] outcomes = new OrderOutcome[body.items().size()];
        List<Integer> places = new ArrayList<>();
        List<OrderDraft> drafts = new ArrayList<>();
        for (int i = 0; i < outcomes.length; i++) {
            try {
                drafts.add(body.items().get(i).toDraft(now));
                places.add(i);
            } catch (IllegalArgumentException refused) {
                outcomes[i] = OrderOutcome.rejected("", String.valueOf(refused.getMessage()));
            }
        }
        return orders.write(drafts).map(written -> {
            for (int i = 0; i < written.size(); i++) {
                outcomes[places.get(i)] = written.get(i);
            }
            return result(body.items(), outcomes);
        });
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "customer-care")
    @Operation(
            operationId = "getOrder",
            summary = "Read one order with its lines",
            description = "By our id of the order.")
    public Uni<OrderView> get(@RestPath UUID id) {
        return orders.get(id)
                .chain(order -> orders.lines(List.of(order))
                        .map(lines -> OrderView.of(order, lines.getOrDefault(id, List.of()))));
    }

    private static OrderBatchResult result(List<OrderData> sent, OrderOutcome[] outcomes) {
        List<OrderItemOutcome> items = new ArrayList<>(outcomes.length);
        for (int i = 0; i < outcomes.length; i++) {
            items.add(OrderItemOutcome.of(sent.get(i), outcomes[i]));
        }
        return new OrderBatchResult(items);
    }
}
