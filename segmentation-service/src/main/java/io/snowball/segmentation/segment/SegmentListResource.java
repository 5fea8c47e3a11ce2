package io.snowball.segmentation.segment;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.segment.SegmentApi.ChangeMembers;
import io.snowball.segmentation.segment.SegmentApi.CreateSnapshot;
import io.snowball.segmentation.segment.SegmentApi.MembersChanged;
import io.snowball.segmentation.segment.SegmentApi.SegmentView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/segments")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Segments")
class SegmentListResource {
    private final SegmentLists lists;

    SegmentListResource(SegmentLists lists) {
        this.lists = lists;
    }

    @POST
    @Path("{id}/member-changes")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Accesses(value = AccessAction.CHANGE, purpose = "analysis")
    @Operation(
            operationId = "changeSegmentMembers",
            summary = "Put customers on a list and take customers off it",
            description =
                    "Only for a segment whose rule is a list. Up to 1,000 each way at once; saying the same again changes "
                            + "nothing. Segments that name the list follow when this answers.")
    public Uni<MembersChanged> change(@RestPath UUID id, @Valid @NotNull ChangeMembers body) {
        return lists.change(id, body);
    }

    @POST
    @Path("{id}/snapshots")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(
            operationId = "createSegmentSnapshot",
            summary = "Keep who is in a segment now",
            description = "Makes a new segment, a list of the members of this moment, that no rule changes afterwards.")
    @APIResponseSchema(value = SegmentView.class, responseCode = "201", responseDescription = "Created")
    public Uni<RestResponse<SegmentView>> snapshot(
            @RestPath UUID id, @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CreateSnapshot body) {
        return lists.snapshot(id, key, body);
    }
}
