package io.snowball.consent.consent;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.ConsentApi.WithdrawConsents;
import io.snowball.consent.consent.ConsentApi.WithdrawnConsents;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.AccessNotes;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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

@Path("/api/v1/consent-withdrawals")
@Produces("application/json")
@Tag(name = "Consents")
class WithdrawalResource {
    private final Withdrawals withdrawals;
    private final JsonWebToken caller;
    private final AccessNotes notes;

    WithdrawalResource(Withdrawals withdrawals, JsonWebToken caller, AccessNotes notes) {
        this.notes = notes;
        this.withdrawals = withdrawals;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.SALES, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.CHANGE, purpose = "withdrawal")
    @Operation(
            operationId = "withdrawConsents",
            summary = "Withdraw everything, for whatever purpose",
            description = """
                    Over one channel (a STOP by SMS) or all (152-FZ art. 9 p. 2, 38-FZ art. 18: at once, in any form). Holds against \
                    consents of an earlier day that are recorded later, too; a consent given after it counts again.""")
    @APIResponse(
            responseCode = "201",
            description = "In the ledger",
            content = @Content(schema = @Schema(implementation = WithdrawnConsents.class)))
    public Uni<RestResponse<WithdrawnConsents>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull WithdrawConsents body) {
        notes.customer(body.customerId());
        return withdrawals.withdrawAll(key, body, caller.getSubject());
    }
}
