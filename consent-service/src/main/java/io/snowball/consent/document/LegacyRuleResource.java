package io.snowball.consent.document;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.document.LegacyRuleApi.ChangeLegacyConsentRule;
import io.snowball.consent.document.LegacyRuleApi.LegacyConsentRule;
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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/legacy-consent-rule")
@Produces("application/json")
@Tag(name = "Consents")
class LegacyRuleResource {
    private final LegacyRules rules;
    private final JsonWebToken caller;

    LegacyRuleResource(LegacyRules rules, JsonWebToken caller) {
        this.rules = rules;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER})
    @Operation(
            operationId = "getLegacyConsentRule",
            summary = "Whether consents from inside other documents allow advertising",
            description =
                    "Consents that were asked for inside a contract or an offer before 01.09.2025. They do not, unless that was changed.")
    public Uni<LegacyConsentRule> get() {
        return rules.get();
    }

    @PUT
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Accesses(value = AccessAction.TEXT_CHANGE, purpose = "consent-rules")
    @Operation(
            operationId = "changeLegacyConsentRule",
            summary = "Change whether consents from inside other documents allow advertising",
            description = """
                    Holds at once, for every such consent; each decision that rests on one says LEGACY_BUNDLED, allowed or not. Who \
                    changed it, when and on what ground stays on record.""")
    public Uni<LegacyConsentRule> change(@Valid @NotNull ChangeLegacyConsentRule body) {
        return rules.change(body, caller.getSubject());
    }
}
