package io.snowball.consent.block;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.block.BlockApi.BlockProcessing;
import io.snowball.consent.block.BlockApi.ProcessingBlockPage;
import io.snowball.consent.block.BlockApi.ProcessingBlockView;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
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

@Path("/api/v1/processing-blocks")
@Produces("application/json")
@Tag(name = "Blocks", description = "Whose data are only stored for the time being")
class BlockResource {
    private final Blocks blocks;
    private final JsonWebToken caller;

    BlockResource(Blocks blocks, JsonWebToken caller) {
        this.blocks = blocks;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Accesses(value = AccessAction.CHANGE, purpose = "blocking")
    @Operation(operationId = "blockProcessing", summary = "Block the data of a person", description = """
                    152-FZ art. 21 p. 1 and 6: kept, but out of segments, messages and exports. Announced on the feed as \
                    blocking.changed. Blocking again leaves the first block as it is.""")
    @APIResponse(
            responseCode = "201",
            description = "Blocked",
            content = @Content(schema = @Schema(implementation = ProcessingBlockView.class)))
    public Uni<RestResponse<ProcessingBlockView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull BlockProcessing body) {
        return blocks.create(key, body, caller.getSubject());
    }

    @DELETE
    @Path("{customerId}/{category}")
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Accesses(value = AccessAction.CHANGE, purpose = "blocking")
    @Operation(
            operationId = "releaseProcessing",
            summary = "Lift a block",
            description = "The check is over and found nothing wrong. 404 where there is none.")
    public Uni<Void> delete(
            @RestPath UUID customerId,
            @RestPath @Parameter(description = "* is all data", example = "*") String category) {
        return blocks.delete(customerId, category);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "blocking")
    @Operation(
            operationId = "listProcessingBlocks",
            summary = "Who is blocked",
            description = "By customer id; for siblings that come back after their cursor was lost, too.")
    public Uni<ProcessingBlockPage> list(
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return blocks.list(limit, cursor);
    }
}
