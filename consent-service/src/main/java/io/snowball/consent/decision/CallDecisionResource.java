package io.snowball.consent.decision;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.decision.CallApi.AskCallDecisions;
import io.snowball.consent.decision.CallApi.CallDecisionsView;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/call-decisions")
@Produces("application/json")
@Tag(name = "Calls")
@RolesAllowed({Roles.SERVICE, Roles.ADMIN, Roles.DPO, Roles.MARKETER, Roles.SALES})
class CallDecisionResource {
    private final CallDecisions decisions;

    CallDecisionResource(CallDecisions decisions) {
        this.decisions = decisions;
    }

    @POST
    @Accesses(value = AccessAction.DECISION, purpose = "call")
    @Operation(
            operationId = "decideCalls",
            summary = "May these customers be called from this number?",
            description =
                    "What holds for the channel CALL, and besides: the number is registered, advertising is dialled by a person, and a robot calls those only who agreed to mass calls.")
    public Uni<CallDecisionsView> decide(@Valid @NotNull AskCallDecisions body) {
        return decisions.decide(body);
    }
}
