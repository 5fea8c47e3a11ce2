package io.snowball.customer.event;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.event.EventApi.EventCountList;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/api/v1/customers/{id}/event-counts")
@Produces("application/json")
@Tag(name = "Events")
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.SERVICE})
class EventCountResource {
    private final Events events;

    EventCountResource(Events events) {
        this.events = events;
    }

    @GET
    @Accesses(value = AccessAction.READ, purpose = "customer-care", subject = "id")
    @Operation(
            operationId = "countCustomerEvents",
            summary = "Count what a customer did lately, by type",
            description =
                    "In the last so many days, up to now: whoever wrote five support tickets in a month wants better service. Types without "
                            + "an event in that time are absent.")
    public Uni<EventCountList> count(
            @RestPath UUID id,
            @RestQuery
                    @Parameter(description = "How far back, in days", example = "30")
                    @DefaultValue("30")
                    @Min(1)
                    @Max(3650)
                    int days) {
        return events.count(id, days).map(EventCountList::new);
    }
}
