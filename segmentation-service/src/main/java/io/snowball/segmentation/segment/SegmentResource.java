package io.snowball.segmentation.segment;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.Revision;
import io.snowball.segmentation.segment.SegmentApi.SegmentBody;
import io.snowball.segmentation.segment.SegmentApi.SegmentMembers;
import io.snowball.segmentation.segment.SegmentApi.SegmentPage;
import io.snowball.segmentation.segment.SegmentApi.SegmentView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/segments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Segments")
class SegmentResource {
    private final Segments segments;

    SegmentResource(Segments segments) {
        this.segments = segments;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(
            operationId = "createSegment",
            summary = "Create a segment and fill it",
            description = "When this answers, the segment has its members, and segment.entered is on the feed.")
    @APIResponseSchema(value = SegmentView.class, responseCode = "201", responseDescription = "Created")
    public Uni<RestResponse<SegmentView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull SegmentBody body) {
        return segments.create(key, body);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(operationId = "listSegments", summary = "List segments", description = "In the order they were created.")
    public Uni<SegmentPage> list(
            @RestQuery @Nullable String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit) {
        return segments.list(cursor, limit).map(SegmentPage::of);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SERVICE})
    @Operation(
            operationId = "getSegment",
            summary = "Read one segment",
            description = "ETag carries the version that updateSegment wants in If-Match.")
    @APIResponseSchema(SegmentView.class)
    public Uni<RestResponse<SegmentView>> get(@RestPath UUID id) {
        return segments.get(id).map(SegmentResource::tagged);
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(
            operationId = "updateSegment",
            summary = "Replace a segment",
            description = "Members follow the new rule when this answers, those of segments that name it too.")
    @APIResponseSchema(SegmentView.class)
    public Uni<RestResponse<SegmentView>> replace(
            @RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch, @Valid @NotNull SegmentBody body) {
        return segments.replace(id, Revision.required(ifMatch), body.toDraft()).map(SegmentResource::tagged);
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(
            operationId = "deleteSegment",
            summary = "Delete a segment",
            description =
                    "Its members leave it, on the feed too. Refused while another segment's rule names it, and without "
                            + "evenIfUsed where a campaign has asked who is in it (usedAt).")
    public Uni<Void> delete(@RestPath UUID id, @RestQuery @DefaultValue("false") boolean evenIfUsed) {
        return segments.delete(id, evenIfUsed);
    }

    @GET
    @Path("{id}/members")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SERVICE})
    @Accesses(value = AccessAction.EXPORT, purpose = "analysis")
    @Operation(
            operationId = "listSegmentMembers",
            summary = "The ids of the customers in a segment",
            description = "In id order. Each page is what is true when it is asked for.")
    public Uni<SegmentMembers> members(
            @RestPath UUID id,
            @RestQuery @Nullable UUID after,
            @RestQuery @DefaultValue("1000") @Min(1) @Max(50_000) int limit,
            @Context SecurityContext caller) {
        return segments.members(id, after, limit, caller.isUserInRole(Roles.SERVICE));
    }

    private static RestResponse<SegmentView> tagged(Segment segment) {
        return Revision.tagged(SegmentView.of(segment), segment.version());
    }
}
