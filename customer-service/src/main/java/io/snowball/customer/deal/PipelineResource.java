package io.snowball.customer.deal;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.EntityTags;
import io.snowball.customer.deal.PipelineApi.PipelineData;
import io.snowball.customer.deal.PipelineApi.PipelineList;
import io.snowball.customer.deal.PipelineApi.PipelineSummary;
import io.snowball.customer.deal.PipelineApi.PipelineView;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/pipelines")
@Produces("application/json")
@Tag(name = "Deals")
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.SERVICE})
class PipelineResource {
    private final Pipelines pipelines;
    private final Idempotency idempotency;

    PipelineResource(Pipelines pipelines, Idempotency idempotency) {
        this.pipelines = pipelines;
        this.idempotency = idempotency;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.SALES})
    @Operation(
            operationId = "createPipeline",
            summary = "Create a pipeline with its stages",
            description = "1 to 50 stages in their order, the first one OPEN. There can be 100 pipelines.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = PipelineView.class)))
    public Uni<RestResponse<PipelineView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull PipelineData body) {
        return idempotency.once(
                "createPipeline",
                key,
                body,
                PipelineView.class,
                tx -> pipelines
                        .create(tx, body)
                        .map(made -> Reply.created("/api/v1/pipelines/" + made.id(), PipelineView.of(made))));
    }

    @GET
    @Operation(
            operationId = "listPipelines",
            summary = "List all pipelines by name",
            description = "With their stages; there can be 100.")
    public Uni<PipelineList> list() {
        return pipelines
                .all()
                .map(all -> new PipelineList(all.stream().map(PipelineView::of).toList()));
    }

    @GET
    @Path("{id}")
    @Operation(
            operationId = "getPipeline",
            summary = "Read one pipeline",
            description = "ETag is the version; send it as If-Match when you replace the pipeline.")
    @APIResponse(
            responseCode = "200",
            description = "The pipeline",
            headers = @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = PipelineView.class)))
    public Uni<RestResponse<PipelineView>> get(@RestPath UUID id) {
        return pipelines.get(id).map(found -> EntityTags.tagged(PipelineView.of(found), found.version()));
    }

    @PUT
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.SALES})
    @Operation(
            operationId = "replacePipeline",
            summary = "Rename a pipeline, reorder, add and take out stages",
            description =
                    "A stage with an id stays and keeps its kind, one without is new, one that is left out is taken out: 409 while "
                            + "deals are there. Another expected time holds for the deals that are at the stage now, too. 412 where "
                            + "somebody changed the pipeline since you read it.")
    public Uni<PipelineView> replace(
            @RestPath UUID id, @RestHeader("If-Match") @Nullable String version, @Valid @NotNull PipelineData body) {
        int expected = EntityTags.required(version);
        return pipelines.replace(id, expected, body).map(PipelineView::of);
    }

    @GET
    @Path("{id}/summary")
    @Operation(
            operationId = "getPipelineSummary",
            summary = "How the deals of a pipeline stand",
            description =
                    "Per stage how many deals, how much money, how many too long, and how long deals stay there; what deals were "
                            + "lost to, and how many days a won one took.")
    public Uni<PipelineSummary> summary(@RestPath UUID id) {
        return pipelines.summary(id);
    }
}
