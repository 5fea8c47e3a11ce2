package io.snowball.consent.receipt;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.receipt.ReceiptApi.ConsentReceipt;
import io.snowball.consent.receipt.ReceiptApi.ReceiptFormat;
import io.snowball.consent.receipt.ReceiptApi.ReceiptVerification;
import io.snowball.consent.receipt.ReceiptApi.VerifyReceipt;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/api/v1/consent-receipts")
@Produces("application/json")
@Tag(name = "Receipts", description = "What a person gets in hand about a consent")
class ReceiptResource {
    private final Receipts receipts;

    ReceiptResource(Receipts receipts) {
        this.receipts = receipts;
    }

    @GET
    @Path("{recordId}")
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.SALES, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.EXPORT, purpose = "receipt")
    @Operation(
            operationId = "getConsentReceipt",
            summary = "The signed receipt for one record of the ledger",
            description = """
                    By ISO/IEC TS 27560:2023 or Kantara Consent Receipt 1.1. Names no address: the person is named by the \
                    customer's id. The same whenever it is asked for.""")
    public Uni<ConsentReceipt> get(
            @RestPath UUID recordId, @RestQuery @DefaultValue("ISO_27560") ReceiptFormat format) {
        return receipts.receipt(recordId, format);
    }

    @POST
    @Path("verifications")
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.SALES, Roles.MARKETER, Roles.PARTNER, Roles.SERVICE})
    @Operation(
            operationId = "verifyConsentReceipt",
            summary = "Is this receipt ours, and unchanged?",
            description = """
                    Creates nothing. Without us: any JOSE library with the keys of consent-keys, or the small program that lies \
                    in every proof package.""")
    public Uni<ReceiptVerification> verify(@Valid @NotNull VerifyReceipt body) {
        return receipts.verify(body.jws());
    }
}
