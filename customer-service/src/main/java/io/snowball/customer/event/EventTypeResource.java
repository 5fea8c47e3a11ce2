package io.snowball.customer.event;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.event.EventApi.DeclareEventType;
import io.snowball.customer.event.EventApi.EventTypePage;
import io.snowball.customer.event.EventApi.EventTypeView;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/event-types")
@Produces("application/json")
@Tag(name = "Events")
class EventTypeResource {
    private final EventTypes types;

    EventTypeResource(EventTypes types) {
        this.types = types;
    }

    @PUT
    @Path("{name}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(
            operationId = "declareEventType",
            summary = "Declare a type of event, or change it",
            description =
                    "Its fields, and for how many days its events are kept. A field can be added or taken away, but not change "
                            + "its type while events may have it: 409.")
    public Uni<EventTypeView> declare(
            @RestPath @Pattern(regexp = EventApi.TYPE_NAME) String name, @Valid @NotNull DeclareEventType body) {
        return types.declare(name, body).map(EventTypeView::of);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.PARTNER, Roles.SERVICE})
    @Operation(
            operationId = "listEventTypes",
            summary = "List the declared types of events",
            description =
                    "By name. page_view, product_view, cart, search, registration, app_install and support_ticket come with "
                            + "Snowball.")
    public Uni<EventTypePage> list(
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return types.list(cursor, limit)
                .map(page -> page.map(EventTypeView::of))
                .map(page -> new EventTypePage(page.items(), page.nextCursor()));
    }
}
