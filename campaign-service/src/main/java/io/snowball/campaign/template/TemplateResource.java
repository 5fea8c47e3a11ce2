package io.snowball.campaign.template;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.EntityTags;
import io.snowball.campaign.template.TemplateApi.CreateTemplatePreview;
import io.snowball.campaign.template.TemplateApi.TemplatePage;
import io.snowball.campaign.template.TemplateApi.TemplatePreview;
import io.snowball.campaign.template.TemplateApi.TemplateView;
import io.snowball.campaign.template.TemplateApi.WriteTemplate;
import io.snowball.platform.access.NoPersonalData;
import io.snowball.platform.idempotency.Idempotency;
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
import jakarta.ws.rs.PUT;
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

@Path("/api/v1/templates")
@Produces(APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.MARKETER})
@Tag(name = "Templates", description = "E-mails in Liquid: subject, HTML, plain text")
class TemplateResource {
    private final Templates templates;
    private final Idempotency idempotency;

    TemplateResource(Templates templates, Idempotency idempotency) {
        this.templates = templates;
        this.idempotency = idempotency;
    }

    @POST
    @Operation(
            operationId = "createTemplate",
            summary = "Create a template",
            description = "Every mistake is told with its line: what is no Liquid, and variables that do not exist.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = TemplateView.class)))
    public Uni<RestResponse<TemplateView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull WriteTemplate body) {
        return templates
                .check(body)
                .chain(() -> idempotency.once(
                        "createTemplate", key, body, TemplateView.class, tx -> templates.create(tx, body)));
    }

    @GET
    @Operation(
            operationId = "listTemplates",
            summary = "All templates, the newest first",
            description = "Without their texts.")
    public Uni<TemplatePage> list(
            @RestQuery @Nullable String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit) {
        return templates.list(cursor, limit).map(TemplatePage::of);
    }

    @GET
    @Path("{id}")
    @Operation(
            operationId = "getTemplate",
            summary = "Read a template",
            description = "The ETag is needed to change it.")
    @APIResponse(
            responseCode = "200",
            description = "The template as it is now",
            content = @Content(schema = @Schema(implementation = TemplateView.class)))
    public Uni<RestResponse<TemplateView>> get(@RestPath UUID id) {
        return templates.get(id).map(TemplateResource::tagged);
    }

    @PUT
    @Path("{id}")
    @Operation(
            operationId = "updateTemplate",
            summary = "Change a template",
            description =
                    "Makes a new version. A campaign that was launched goes on with the one it was launched with.")
    @APIResponse(
            responseCode = "200",
            description = "Changed",
            content = @Content(schema = @Schema(implementation = TemplateView.class)))
    public Uni<RestResponse<TemplateView>> update(
            @RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch, @Valid @NotNull WriteTemplate body) {
        return templates.update(id, EntityTags.required(ifMatch), body).map(TemplateResource::tagged);
    }

    @POST
    @Path("{id}/previews")
    @NoPersonalData("An example that the author makes up")
    @Operation(
            operationId = "previewTemplate",
            summary = "See a mail as a customer would get it",
            description = "Rendered for the given customer; links are not tracked. Nothing is sent or kept.")
    public Uni<TemplatePreview> preview(@RestPath UUID id, @Valid @NotNull CreateTemplatePreview body) {
        return templates.preview(id, body);
    }

    private static RestResponse<TemplateView> tagged(TemplateView view) {
        return RestResponse.ResponseBuilder.ok(view)
                .header("ETag", EntityTags.of(view.version()))
                .build();
    }
}
