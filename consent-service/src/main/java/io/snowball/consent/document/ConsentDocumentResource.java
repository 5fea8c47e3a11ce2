package io.snowball.consent.document;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.document.ConsentDocumentApi.ConsentDocumentPage;
import io.snowball.consent.document.ConsentDocumentApi.ConsentDocumentView;
import io.snowball.consent.document.ConsentDocumentApi.CreateConsentDocument;
import io.snowball.consent.document.ConsentDocumentApi.PublishVersion;
import io.snowball.consent.document.ConsentDocumentApi.VersionView;
import io.snowball.consent.document.ConsentDocuments.VersionRef;
import io.snowball.platform.access.AccessAction;
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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/consent-documents")
@Produces("application/json")
@Tag(name = "Consent documents", description = "The texts that people agree to, in versions that never change")
class ConsentDocumentResource {
    private final ConsentDocuments documents;
    private final JsonWebToken caller;

    ConsentDocumentResource(ConsentDocuments documents, JsonWebToken caller) {
        this.documents = documents;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Accesses(value = AccessAction.TEXT_CHANGE, purpose = "consent-texts")
    @Operation(
            operationId = "createConsentDocument",
            summary = "Create a document with its first version",
            description = "For one type of consent and one purpose: the law wants each consent apart from every other.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = ConsentDocumentView.class)))
    public Uni<RestResponse<ConsentDocumentView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CreateConsentDocument body) {
        return documents.create(key, body, caller.getSubject());
    }

    @POST
    @Path("{id}/versions")
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Accesses(value = AccessAction.TEXT_CHANGE, purpose = "consent-texts")
    @Operation(
            operationId = "createConsentDocumentVersion",
            summary = "Publish a new version",
            description = "What was signed before stays as it was, and stays valid.")
    @APIResponse(
            responseCode = "201",
            description = "Published",
            content = @Content(schema = @Schema(implementation = VersionView.class)))
    public Uni<RestResponse<VersionView>> publish(
            @RestPath UUID id, @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull PublishVersion body) {
        return documents.publish(id, key, body, caller.getSubject());
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER, Roles.PARTNER, Roles.SERVICE})
    @Operation(
            operationId = "listConsentDocuments",
            summary = "All documents, oldest first",
            description = "Without their texts.")
    public Uni<ConsentDocumentPage> list(
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return documents.list(limit, cursor);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER, Roles.PARTNER, Roles.SERVICE})
    @Operation(
            operationId = "getConsentDocument",
            summary = "Read one document and what versions it has",
            description = "The texts are read version by version.")
    public Uni<ConsentDocumentView> get(@RestPath UUID id) {
        return documents.get(id);
    }

    @GET
    @Path("{id}/versions/{version}")
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER, Roles.PARTNER, Roles.SERVICE})
    @Operation(
            operationId = "getConsentDocumentVersion",
            summary = "Read the text of one version",
            description = "To the letter as it was published; sha256 is taken over its UTF-8.")
    public Uni<VersionView> version(
            @RestPath UUID id,
            @RestPath @Parameter(description = "The number of the version; the first is 1", example = "1")
                    int version) {
        return documents.version(new VersionRef(id, version));
    }
}
