package io.snowball.customer.event;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.event.EventApi.EventBatch;
import io.snowball.customer.event.EventApi.EventBatchResult;
import io.snowball.customer.event.EventApi.EventItemOutcome;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/events")
@Produces("application/json")
@Tag(name = "Events")
class EventResource {
    private final Events events;

    EventResource(Events events) {
        this.events = events;
    }

    @POST
    @Path("batches")
    @RolesAllowed({Roles.ADMIN, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.CHANGE, purpose = "collection")
    @Operation(
            operationId = "sendEvents",
            summary = "Tell of events",
            description =
                    "1 to 1000 events of declared types, in any order and as late as they come (from 2000 on). id and occurredAt "
                            + "together make repeating harmless: what is stored already is a DUPLICATE. A rejected event keeps no other "
                            + "from being stored.")
    public Uni<EventBatchResult> send(@Valid @NotNull EventBatch body) {
        return events.record(body.items()).map(outcomes -> {
            List<EventItemOutcome> items = new ArrayList<>(outcomes.size());
            for (int i = 0; i < outcomes.size(); i++) {
                EventOutcome outcome = outcomes.get(i);
                items.add(new EventItemOutcome(body.items().get(i).id(), outcome.status(), outcome.reason()));
            }
            return new EventBatchResult(items);
        });
    }
}
