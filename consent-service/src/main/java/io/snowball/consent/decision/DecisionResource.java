package io.snowball.consent.decision;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.decision.DecisionApi.AskDecisions;
import io.snowball.consent.decision.DecisionApi.DecisionsView;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/consent-decisions")
@Produces("application/json")
@Tag(name = "Consent decisions", description = "Whether messages may go out, asked just before they do")
class DecisionResource {
    private final Decisions decisions;

    DecisionResource(Decisions decisions) {
        this.decisions = decisions;
    }

    @POST
    @RolesAllowed({Roles.SERVICE, Roles.ADMIN, Roles.DPO, Roles.MARKETER})
    @Operation(
            operationId = "decideConsents",
            summary = "May these customers be written to?",
            description =
                    "Up to 1,000 customers at once, answered in the order asked. Creates nothing; a POST because the question is long.")
    public Uni<DecisionsView> decide(@Valid @NotNull AskDecisions body) {
        return decisions.decide(body);
    }
}
