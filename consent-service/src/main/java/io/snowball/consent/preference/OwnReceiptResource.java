package io.snowball.consent.preference;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.receipt.ReceiptFile;
import io.snowball.consent.receipt.ReceiptLinks;
import io.snowball.consent.unsubscribe.UnsubscribePages;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.AccessNotes;
import io.snowball.platform.access.Accesses;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Where the receipts lie that the pages offer (requirement r08). */
@Path(ReceiptLinks.PATH + "{token}")
@PermitAll
@Tag(name = "Preference centre")
class OwnReceiptResource {
    private final ReceiptLinks links;
    private final ReceiptFile receipts;
    private final UnsubscribePages brokenPages;
    private final AccessNotes notes;

    OwnReceiptResource(ReceiptLinks links, ReceiptFile receipts, UnsubscribePages brokenPages, AccessNotes notes) {
        this.links = links;
        this.receipts = receipts;
        this.brokenPages = brokenPages;
        this.notes = notes;
    }

    @GET
    @Produces({"application/json", "text/html"})
    @Accesses(value = AccessAction.EXPORT, purpose = "own-receipt")
    @Operation(
            operationId = "downloadOwnReceipt",
            summary = "The signed receipt of what a person has just said",
            description = """
                    By the link on the page that answered them: after saving choices, a confirmation, an unsubscription. The receipt and                     its signature as a file; no name and no address are in it. The same whenever it is asked for.""")
    @APIResponse(
            responseCode = "200",
            description = "The file, as getConsentReceipt gives it",
            content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(
            responseCode = "404",
            description = "A page that says that the link is broken and what to do",
            content = @Content(mediaType = "text/html", schema = @Schema(type = SchemaType.STRING)))
    public Uni<RestResponse<String>> download(
            @RestPath @Parameter(description = "The signed token from the link") String token,
            @RestQuery
                    @Parameter(description = "KANTARA_1_1 for Kantara Consent Receipt 1.1; else ISO/IEC TS 27560")
                    @Nullable
                    String format,
            @RestHeader(HttpHeaders.ACCEPT_LANGUAGE) @Parameter(hidden = true) @Nullable String languages) {
        notes.actor("subject");
        return links.read(token)
                .map(recordId -> receipts.of(recordId, format))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .chain(found -> found.map(this::attached).orElseGet(() -> brokenPages.broken(languages)));
    }

    private Uni<RestResponse<String>> attached(ReceiptFile.File file) {
        notes.customer(file.customerId());
        return Uni.createFrom().item(OwnData.download(file.name(), file.json()));
    }
}
