package io.snowball.consent.decision;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.decision.StopApi.ContactStop;
import io.snowball.consent.decision.StopApi.ContactStopPage;
import io.snowball.consent.decision.StopApi.CreateContactStop;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
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
import java.util.UUID;
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

@Path("/api/v1/contact-stops")
@Produces("application/json")
@Tag(name = "Stop-lists", description = "Who must not be written to, whatever they consented to")
class ContactStopResource {
    private final ContactStops stops;
    private final JsonWebToken caller;

    ContactStopResource(ContactStops stops, JsonWebToken caller) {
        this.stops = stops;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.SALES, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.CHANGE, purpose = "stop-list")
    @Operation(operationId = "createContactStop", summary = "Stop a customer, an address, or both", description = """
                    Takes effect at once. An operator's refusal and a re-issued number stop every class of messages, a block all \
                    but LEGAL ones, the others advertising. SUBJECT_DEMAND, NUMBER_REISSUED and DESTROYED yield to a consent that \
                    was given later.""")
    @APIResponse(
            responseCode = "201",
            description = "On the list",
            content = @Content(schema = @Schema(implementation = ContactStop.class)))
    public Uni<RestResponse<ContactStop>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CreateContactStop body) {
        return stops.create(key, body, caller.getSubject());
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.SALES, Roles.MARKETER})
    @Accesses(value = AccessAction.READ, purpose = "stop-list")
    @Operation(
            operationId = "listContactStops",
            summary = "The stops of one customer, oldest first",
            description = "Lifted ones too: they are evidence.")
    public Uni<ContactStopPage> list(
            @RestQuery @NotNull UUID customerId,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return stops.list(customerId, limit, cursor);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.SALES, Roles.MARKETER})
    @Accesses(value = AccessAction.READ, purpose = "stop-list")
    @Operation(operationId = "getContactStop", summary = "Read one stop", description = "Lifted or not.")
    public Uni<ContactStop> get(@RestPath UUID id) {
        return stops.get(id);
    }

    @POST
    @Path("{id}/lifts")
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Accesses(value = AccessAction.CHANGE, purpose = "stop-list")
    @Operation(
            operationId = "liftContactStop",
            summary = "Lift a stop",
            description = "Who lifted it, and when, stays on record. Lifting one that is lifted does nothing.")
    public Uni<ContactStop> lift(@RestPath UUID id) {
        return stops.lift(id, caller.getSubject());
    }
}
