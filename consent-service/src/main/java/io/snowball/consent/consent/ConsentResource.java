package io.snowball.consent.consent;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.ConsentApi.ConsentBatchResult;
import io.snowball.consent.consent.ConsentApi.ConsentPage;
import io.snowball.consent.consent.ConsentApi.ConsentView;
import io.snowball.consent.consent.ConsentApi.RecordConsent;
import io.snowball.consent.consent.ConsentApi.RecordConsents;
import io.snowball.consent.consent.ConsentApi.RecordedConsent;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.AccessNotes;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
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
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/consents")
@Produces("application/json")
@Tag(name = "Consents", description = "The ledger: what people said about the use of their data, and how we know")
class ConsentResource {
    private final Consents consents;
    private final JsonWebToken caller;
    private final SecurityIdentity identity;
    private final AccessNotes notes;

    ConsentResource(Consents consents, JsonWebToken caller, SecurityIdentity identity, AccessNotes notes) {
        this.notes = notes;
        this.consents = consents;
        this.caller = caller;
        this.identity = identity;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.CHANGE, purpose = "consent-ledger")
    @Operation(
            operationId = "recordConsent",
            summary = "Record that one consent was given or withdrawn",
            description =
                    "Takes effect at once. A consent names the version of the document that was agreed to; a withdrawal needs none.")
    @APIResponse(
            responseCode = "201",
            description = "In the ledger",
            content = @Content(schema = @Schema(implementation = RecordedConsent.class)))
    public Uni<RestResponse<RecordedConsent>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull RecordConsent body) {
        notes.customer(body.customerId());
        return consents.record(key, body, caller.getSubject());
    }

    @POST
    @Path("batches")
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.CHANGE, purpose = "consent-ledger")
    @Operation(operationId = "recordConsents", summary = "Record up to 1,000 statements", description = """
                    Idempotency-Key is required. Each item has an outcome of its own: what can't be recorded is refused with the \
                    reason, the rest is in the ledger. A body that is malformed anywhere is refused as a whole, with pointers.""")
    @APIResponse(
            responseCode = "200",
            description = "What became of each item",
            content = @Content(schema = @Schema(implementation = ConsentBatchResult.class)))
    public Uni<RestResponse<ConsentBatchResult>> createAll(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull RecordConsents body) {
        notes.customers(body.items().stream().map(RecordConsent::customerId).toList());
        return consents.recordAll(key, body, caller.getSubject());
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER})
    @Accesses(value = AccessAction.READ, purpose = "consent-ledger")
    @Operation(
            operationId = "listConsents",
            summary = "The ledger of one customer, oldest first",
            description = "IP address and user agent are shown to admin and dpo only.")
    public Uni<ConsentPage> list(
            @RestQuery @NotNull UUID customerId,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        notes.customer(customerId);
        return consents.list(customerId, limit, cursor, maySeePersonalData());
    }

    @GET
    @Path("{recordId}")
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER})
    @Accesses(value = AccessAction.READ, purpose = "consent-ledger")
    @Operation(
            operationId = "getConsent",
            summary = "Read one record of the ledger",
            description = "Records never change. IP address and user agent are shown to admin and dpo only.")
    public Uni<ConsentView> get(@RestPath UUID recordId) {
        return consents.get(recordId, maySeePersonalData());
    }

    private boolean maySeePersonalData() {
        return identity.hasRole(Roles.ADMIN) || identity.hasRole(Roles.DPO);
    }
}
