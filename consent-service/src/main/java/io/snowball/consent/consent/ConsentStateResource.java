package io.snowball.consent.consent;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.ConsentApi.ConsentStatesView;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

@Path("/api/v1/consent-states")
@Produces("application/json")
@Tag(name = "Consents")
class ConsentStateResource {
    private final Consents consents;

    ConsentStateResource(Consents consents) {
        this.consents = consents;
    }

    @GET
    @Path("{customerId}")
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "consent-ledger")
    @Operation(
            operationId = "getConsentStates",
            summary = "What a customer's consents are now",
            description = "One item per type, purpose and channel about which something was ever said.")
    public Uni<ConsentStatesView> get(@RestPath UUID customerId) {
        return consents.states(customerId);
    }
}
