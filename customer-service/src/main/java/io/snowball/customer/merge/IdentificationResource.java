package io.snowball.customer.merge;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.merge.MergeApi.IdentificationRequest;
import io.snowball.customer.merge.MergeApi.IdentificationResult;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/identifications")
@Produces("application/json")
@Tag(name = "Customers")
@RolesAllowed({Roles.ADMIN, Roles.SALES, Roles.PARTNER, Roles.SERVICE})
class IdentificationResource {
    private final Identification identification;
    private final JsonWebToken token;

    IdentificationResource(Identification identification, JsonWebToken token) {
        this.identification = identification;
        this.token = token;
    }

    // No Idempotency-Key: asked again, the same identities name the same customer.
    @POST
    @Accesses(value = AccessAction.SEARCH, purpose = "identification")
    @Operation(
            operationId = "identifyCustomer",
            summary = "Find out who shows these identities",
            description =
                    "For logins, bots and devices: 1 to 20 identities of one person. The strongest that is known decides "
                            + "(external id, messenger account, e-mail, phone, device); a phone only if nothing stronger is given and one "
                            + "customer has it. What is new is linked; nobody known makes a new customer. An anonymous visitor who turns out "
                            + "to be a customer is merged into it, history and all; whoever else may be the same person goes on the review list.")
    @APIResponse(
            responseCode = "200",
            description = "Who it is",
            content = @Content(schema = @Schema(implementation = IdentificationResult.class)))
    public Uni<IdentificationResult> identify(@Valid @NotNull IdentificationRequest body) {
        return identification.identify(body.toIdentities(), token.getSubject());
    }
}
