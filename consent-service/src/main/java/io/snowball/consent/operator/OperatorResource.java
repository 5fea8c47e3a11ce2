package io.snowball.consent.operator;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.operator.OperatorApi.OperatorDetailsList;
import io.snowball.consent.operator.OperatorApi.OperatorDetailsView;
import io.snowball.consent.operator.OperatorApi.RecordOperatorDetails;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.access.NoPersonalData;
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
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/operator-details")
@Produces("application/json")
@Tag(name = "Operator", description = "Who the company is in law, by date")
@NoPersonalData("The operator's own requisites, which are public")
class OperatorResource {
    private final Operators operators;
    private final JsonWebToken caller;

    OperatorResource(Operators operators, JsonWebToken caller) {
        this.operators = operators;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Accesses(value = AccessAction.TEXT_CHANGE, purpose = "operator-details")
    @Operation(
            operationId = "recordOperatorDetails",
            summary = "Record the operator's requisites from a moment on",
            description = """
                    What was recorded before stays: a document names the operator as it was on its day. Every answer, act and notice \
                    needs them.""")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = OperatorDetailsView.class)))
    public Uni<RestResponse<OperatorDetailsView>> record(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull RecordOperatorDetails body) {
        return operators.record(key, body, caller.getSubject());
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Operation(
            operationId = "listOperatorDetails",
            summary = "The operator's requisites, newest first",
            description = "Each holds until the next begins; the last 200 of them.")
    public Uni<OperatorDetailsList> list() {
        return operators.list();
    }
}
