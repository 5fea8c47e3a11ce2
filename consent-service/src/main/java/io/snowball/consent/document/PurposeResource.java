package io.snowball.consent.document;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.document.PurposeApi.CreatePurpose;
import io.snowball.consent.document.PurposeApi.PurposePage;
import io.snowball.consent.document.PurposeApi.PurposeView;
import io.snowball.consent.document.PurposeVersionApi.PublishPurposeVersion;
import io.snowball.consent.document.PurposeVersionApi.PurposeVersionList;
import io.snowball.consent.document.PurposeVersionApi.PurposeVersionView;
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

@Path("/api/v1/purposes")
@Produces("application/json")
@Tag(name = "Purposes", description = "What consent is asked for")
class PurposeResource {
    private final Purposes purposes;
    private final PurposeVersions versions;
    private final JsonWebToken caller;

    PurposeResource(Purposes purposes, PurposeVersions versions, JsonWebToken caller) {
        this.purposes = purposes;
        this.versions = versions;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Accesses(value = AccessAction.TEXT_CHANGE, purpose = "consent-texts")
    @Operation(
            operationId = "createPurpose",
            summary = "Add a purpose",
            description = "A purpose is never changed or deleted: consents in the ledger name it.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = PurposeView.class)))
    public Uni<RestResponse<PurposeView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CreatePurpose body) {
        return purposes.create(key, body);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER, Roles.PARTNER, Roles.SERVICE})
    @Operation(
            operationId = "listPurposes",
            summary = "All purposes, by code",
            description = "The purpose marketing is there from the start.")
    public Uni<PurposePage> list(
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return purposes.list(limit, cursor);
    }

    @GET
    @Path("{code}")
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER, Roles.PARTNER, Roles.SERVICE})
    @Operation(operationId = "getPurpose", summary = "Read one purpose", description = "By its code.")
    public Uni<PurposeView> get(@RestPath @Parameter(example = "marketing") String code) {
        return purposes.get(code);
    }

    @GET
    @Path("{code}/versions")
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER, Roles.PARTNER, Roles.SERVICE})
    @Operation(
            operationId = "listPurposeVersions",
            summary = "What the purpose means in law, newest first",
            description = "Ground, data, actions, recipients, term, way of withdrawal, by date.")
    public Uni<PurposeVersionList> versions(@RestPath @Parameter(example = "marketing") String code) {
        return versions.list(code);
    }

    @POST
    @Path("{code}/versions")
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Accesses(value = AccessAction.TEXT_CHANGE, purpose = "consent-texts")
    @Operation(
            operationId = "publishPurposeVersion",
            summary = "Describe the purpose anew from a moment on",
            description = "The versions before stay: what somebody agreed to is never changed.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = PurposeVersionView.class)))
    public Uni<RestResponse<PurposeVersionView>> publish(
            @RestPath @Parameter(example = "marketing") String code,
            @RestHeader("Idempotency-Key") @Nullable UUID key,
            @Valid @NotNull PublishPurposeVersion body) {
        return versions.publish(code, key, body, caller.getSubject());
    }
}
