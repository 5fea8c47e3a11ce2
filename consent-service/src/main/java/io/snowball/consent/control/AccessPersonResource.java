package io.snowball.consent.control;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.control.ControlApi.AccessPersonList;
import io.snowball.consent.control.ControlApi.AccessPersonView;
import io.snowball.consent.control.ControlApi.EndAccess;
import io.snowball.consent.control.ControlApi.GrantAccess;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/access-persons")
@Produces("application/json")
@Tag(name = "Internal control")
@RolesAllowed(Roles.DPO)
class AccessPersonResource {
    private final AccessPersons persons;
    private final JsonWebToken caller;

    AccessPersonResource(AccessPersons persons, JsonWebToken caller) {
        this.persons = persons;
        this.caller = caller;
    }

    @POST
    @Accesses(value = AccessAction.ROLE_CHANGE, purpose = "persons-with-access")
    @Operation(
            operationId = "grantAccess",
            summary = "Put a person on the list of those with access",
            description =
                    "The list that the law wants (152-FZ art. 22 p. 3 n. 10.2). It gives no rights in the system: users are made by admins.")
    @APIResponse(
            responseCode = "201",
            description = "On the list",
            content = @Content(schema = @Schema(implementation = AccessPersonView.class)))
    public Uni<RestResponse<AccessPersonView>> grant(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull GrantAccess body) {
        return persons.grant(key, body, caller.getSubject());
    }

    @GET
    @Accesses(value = AccessAction.READ, purpose = "persons-with-access")
    @Operation(
            operationId = "listAccessPersons",
            summary = "The persons with access",
            description =
                    "And the users who are in the access log and not on the list. Printed as law paper PERSONS_WITH_ACCESS.")
    public Uni<AccessPersonList> list() {
        return persons.list();
    }

    @POST
    @Path("{id}/ends")
    @Accesses(value = AccessAction.ROLE_CHANGE, purpose = "persons-with-access")
    @Operation(
            operationId = "endAccess",
            summary = "Record that a person's access ended",
            description = "Stays on the list, with the day.")
    public Uni<AccessPersonView> end(@RestPath UUID id, @Valid @NotNull EndAccess body) {
        return persons.end(id, body.endedOn(), caller.getSubject());
    }
}
