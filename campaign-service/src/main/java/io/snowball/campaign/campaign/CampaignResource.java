package io.snowball.campaign.campaign;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.EntityTags;
import io.snowball.campaign.campaign.CampaignApi.CampaignEstimate;
import io.snowball.campaign.campaign.CampaignApi.CampaignPage;
import io.snowball.campaign.campaign.CampaignApi.CampaignView;
import io.snowball.campaign.campaign.CampaignApi.WriteCampaign;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
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

@Path("/api/v1/campaigns")
@Produces(APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.DPO})
@Tag(name = "Campaigns", description = "A template to a segment, with a control group")
class CampaignResource {
    private final Campaigns campaigns;
    private final Estimates estimates;
    private final Idempotency idempotency;
    private final JsonWebToken caller;

    CampaignResource(Campaigns campaigns, Estimates estimates, Idempotency idempotency, JsonWebToken caller) {
        this.campaigns = campaigns;
        this.estimates = estimates;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    @POST
    @Operation(
            operationId = "createCampaign",
            summary = "Create a draft",
            description = "Nothing is sent before the launch. Only an admin or dpo may choose another messageClass than"
                    + " ADVERTISING: such messages need no consent.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    public Uni<RestResponse<CampaignView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull WriteCampaign body) {
        Author author = Author.of(caller);
        return idempotency.once(
                "createCampaign",
                key,
                body,
                CampaignView.class,
                tx -> campaigns
                        .create(tx, body.toDraft(), author)
                        .map(campaign ->
                                Reply.created("/api/v1/campaigns/" + campaign.id(), CampaignView.of(campaign))));
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.DPO, Roles.SERVICE})
    @Operation(
            operationId = "listCampaigns",
            summary = "All campaigns, the newest first",
            description = "What came of one is in its report.")
    public Uni<CampaignPage> list(
            @RestQuery @Nullable String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit) {
        return campaigns.list(cursor, limit).map(CampaignPage::of);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.DPO, Roles.SERVICE})
    @Operation(
            operationId = "getCampaign",
            summary = "Read a campaign",
            description = "The ETag is needed to change it. The notice says why nothing goes out, where that is so.")
    @APIResponse(
            responseCode = "200",
            description = "The campaign as it is now",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    public Uni<RestResponse<CampaignView>> get(@RestPath UUID id) {
        return campaigns.get(id).map(CampaignResource::tagged);
    }

    @PUT
    @Path("{id}")
    @Operation(
            operationId = "updateCampaign",
            summary = "Change a draft",
            description =
                    "Replaces all of it, by the same rules as for creating. What has been launched can't be changed"
                            + " any more.")
    @APIResponse(
            responseCode = "200",
            description = "Changed",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    public Uni<RestResponse<CampaignView>> update(
            @RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch, @Valid @NotNull WriteCampaign body) {
        return campaigns
                .update(id, EntityTags.required(ifMatch), body.toDraft(), Author.of(caller))
                .map(CampaignResource::tagged);
    }

    @POST
    @Path("{id}/estimates")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.DPO})
    @Operation(
            operationId = "estimateCampaign",
            summary = "What a launch would do now",
            description =
                    "Asks for every member of the segment whether it may be written to, and draws the control group."
                            + " Nothing is kept.")
    public Uni<CampaignEstimate> estimate(@RestPath UUID id) {
        return campaigns.get(id).chain(estimates::of);
    }

    private static RestResponse<CampaignView> tagged(Campaign campaign) {
        return RestResponse.ResponseBuilder.ok(CampaignView.of(campaign))
                .header("ETag", EntityTags.of(campaign.version()))
                .build();
    }
}
