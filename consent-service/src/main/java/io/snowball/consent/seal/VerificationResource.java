package io.snowball.consent.seal;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.seal.SealApi.ChainVerification;
import io.snowball.consent.seal.SealApi.LedgerVerification;
import io.snowball.consent.seal.SealApi.LedgerVerificationPage;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.access.NoPersonalData;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
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

@Path("/api/v1/ledger-verifications")
@Produces("application/json")
@Tag(name = "Ledger")
@NoPersonalData("What was counted and which events are faulty, by their numbers")
class VerificationResource {
    private final Verifications verifications;

    VerificationResource(Verifications verifications) {
        this.verifications = verifications;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Operation(
            operationId = "verifyLedger",
            summary = "Count the whole ledger and the access log again",
            description = """
                    Every hash, every link, every seal, and every state that decisions are taken by. Takes some seconds a million \
                    events; runs once a day by itself. What is wrong is named event by event.""")
    @APIResponse(
            responseCode = "202",
            description = "Ordered; read it to see how far it is",
            content = @Content(schema = @Schema(implementation = LedgerVerification.class)))
    public Uni<RestResponse<LedgerVerification>> create(@RestHeader("Idempotency-Key") @Nullable UUID key) {
        return verifications.order(key);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Operation(
            operationId = "listLedgerVerifications",
            summary = "The verifications, newest first",
            description = "Those of each day and those that somebody ordered.")
    public Uni<LedgerVerificationPage> list(
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return verifications.list(limit, cursor);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Operation(
            operationId = "getLedgerVerification",
            summary = "Read one verification",
            description = "RUNNING, then INTACT or FAULTY with the faults.")
    public Uni<LedgerVerification> get(@RestPath UUID id) {
        return verifications.get(id);
    }

    @GET
    @Path("customers/{customerId}")
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Accesses(value = AccessAction.READ, purpose = "ledger-check")
    @Operation(
            operationId = "verifyCustomerLedger",
            summary = "Count one customer's events again, now",
            description = "The customer's chain and states; the seals are checked by a whole verification.")
    public Uni<ChainVerification> verify(@RestPath UUID customerId) {
        return verifications.verify(customerId);
    }
}
