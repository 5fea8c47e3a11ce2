package io.snowball.consent.consent;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.ConfirmationRuleApi.ChangeConfirmationRule;
import io.snowball.consent.consent.ConfirmationRuleApi.ConfirmationRuleView;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

@Path("/api/v1/confirmation-rules")
@Produces("application/json")
@Tag(name = "Consents")
class ConfirmationRuleResource {
    private final ConfirmationRules rules;
    private final JsonWebToken caller;

    ConfirmationRuleResource(ConfirmationRules rules, JsonWebToken caller) {
        this.rules = rules;
        this.caller = caller;
    }

    @GET
    @Path("{purpose}")
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER, Roles.PARTNER})
    @Operation(
            operationId = "getConfirmationRule",
            summary = "Whether consents for a purpose wait for a confirmation",
            description =
                    "They do, unless that was changed (FAS order 410/24: a filled form does not identify anybody).")
    public Uni<ConfirmationRuleView> get(@RestPath @Parameter(example = "marketing") String purpose) {
        return rules.get(purpose);
    }

    @PUT
    @Path("{purpose}")
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Accesses(value = AccessAction.TEXT_CHANGE, purpose = "consent-rules")
    @Operation(
            operationId = "changeConfirmationRule",
            summary = "Change whether consents wait for a confirmation",
            description = """
                    Holds for what is recorded from now on; each consent keeps the rule that it was recorded under. Who turned the \
                    confirmation off, and when, stays on record.""")
    public Uni<ConfirmationRuleView> change(
            @RestPath @Parameter(example = "marketing") String purpose, @Valid @NotNull ChangeConfirmationRule body) {
        return rules.change(purpose, body.required(), caller.getSubject());
    }
}
