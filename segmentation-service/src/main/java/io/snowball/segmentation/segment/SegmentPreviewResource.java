package io.snowball.segmentation.segment;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.segment.SegmentApi.PreviewSegment;
import io.snowball.segmentation.segment.SegmentApi.SegmentPreview;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/segment-previews")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Segments")
class SegmentPreviewResource {
    private final Segments segments;

    SegmentPreviewResource(Segments segments) {
        this.segments = segments;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Accesses(value = AccessAction.READ, purpose = "analysis")
    @Operation(
            operationId = "previewSegment",
            summary = "How many customers a rule matches now",
            description =
                    "Stores nothing. By the facts of this moment. Of a base of more than 50,000 customers only rules on metrics of "
                            + "orders and on cells are counted exactly; others are estimated from 10,000 customers, drawn anew every "
                            + "ten minutes, unless exact is true. With segmentId also how many would enter and leave that "
                            + "segment if it were saved with this rule.")
    public Uni<SegmentPreview> preview(@Valid @NotNull PreviewSegment body) {
        return segments.preview(body);
    }
}
