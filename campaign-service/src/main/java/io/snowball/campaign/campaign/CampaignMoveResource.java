package io.snowball.campaign.campaign;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.campaign.CampaignApi.CampaignView;
import io.snowball.campaign.campaign.CampaignState.Move;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
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
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What is done with a campaign once it is ready: each a thing of its own, so that it can be asked for and refused. */
@Path("/api/v1/campaigns")
@Produces(APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.DPO})
@Tag(name = "Campaigns")
class CampaignMoveResource {
    private final Campaigns campaigns;
    private final Idempotency idempotency;
    private final JsonWebToken caller;

    CampaignMoveResource(Campaigns campaigns, Idempotency idempotency, JsonWebToken caller) {
        this.campaigns = campaigns;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    @POST
    @Path("{id}/launches")
    @Operation(
            operationId = "launchCampaign",
            summary = "Launch a draft",
            description = "Copies the segment's members as they are now, then sends, at sendAt where one is set."
                    + " Requires an Idempotency-Key: what is sent can't be called back. Only an admin or dpo may launch what is"
                    + " not ADVERTISING. 409 advertising-label-missing where the template has a third party's offer or is for a public"
                    + " channel and has not all of erid, advertiser and mark.")
    @APIResponse(
            responseCode = "202",
            description = "Launched; the Location tells how it goes",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    public Uni<RestResponse<CampaignView>> launch(
            @RestPath UUID id, @RestHeader("Idempotency-Key") @Nullable UUID key) {
        UUID required = Idempotency.required(key);
        Author author = Author.of(caller);
        return idempotency.once(
                "launchCampaign",
                required,
                id,
                CampaignView.class,
                tx -> campaigns
                        .launch(tx, id, author)
                        .map(campaign -> Reply.accepted("/api/v1/campaigns/" + id, CampaignView.of(campaign))));
    }

    @POST
    @Path("{id}/pauses")
    @Operation(
            operationId = "pauseCampaign",
            summary = "Stop sending for now",
            description =
                    "Takes effect within the messages that are being handed over: a hundred for each worker at most."
                            + " Repeating it does no harm.")
    public Uni<CampaignView> pause(@RestPath UUID id) {
        return campaigns.move(id, Move.PAUSE).map(CampaignView::of);
    }

    @POST
    @Path("{id}/resumptions")
    @Operation(
            operationId = "resumeCampaign",
            summary = "Go on sending",
            description = "Goes on where it was paused. Repeating it does no harm.")
    public Uni<CampaignView> resume(@RestPath UUID id) {
        return campaigns.move(id, Move.RESUME).map(CampaignView::of);
    }

    @POST
    @Path("{id}/cancellations")
    @Operation(
            operationId = "cancelCampaign",
            summary = "Stop sending for good",
            description = "Messages that are not handed over yet become CANCELLED. Repeating it does no harm.")
    public Uni<CampaignView> cancel(@RestPath UUID id) {
        return campaigns.move(id, Move.CANCEL).map(CampaignView::of);
    }
}
