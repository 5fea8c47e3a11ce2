package io.snowball.customer.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.event.EventApi.EventPage;
import io.snowball.customer.event.EventApi.EventView;
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
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/customers/{id}/events")
@Produces("application/json")
@Tag(name = "Events")
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.SERVICE})
class CustomerEventResource {
    private final Events events;
    private final SecurityIdentity caller;

    CustomerEventResource(Events events, SecurityIdentity caller) {
        this.events = events;
        this.caller = caller;
    }

    @GET
    @Accesses(value = AccessAction.READ, purpose = "customer-care", subject = "id")
    @Operation(
            operationId = "listCustomerEvents",
            summary = "List what a customer did",
            description = "Newest first. Texts are left out for roles without the right to see personal data.")
    public Uni<EventPage> list(
            @RestPath UUID id,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        boolean texts =
                Stream.of(Roles.ADMIN, Roles.SALES, Roles.DPO, Roles.SERVICE).anyMatch(caller::hasRole);
        return events.list(id, cursor, limit)
                .map(page -> page.map(event -> view(event, texts)))
                .map(page -> new EventPage(page.items(), page.nextCursor()));
    }

    private static EventView view(EventSql.Stored event, boolean texts) {
        ObjectNode properties = event.facts().deepCopy();
        if (texts) {
            properties.setAll(event.texts());
        }
        return new EventView(event.id(), event.type(), event.occurredAt(), properties);
    }
}
