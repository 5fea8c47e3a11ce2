package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/customer-metrics/recomputations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Customer metrics")
class RecomputationResource {
    private final Recomputation recomputation;

    RecomputationResource(Recomputation recomputation) {
        this.recomputation = recomputation;
    }

    @POST
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            operationId = "recomputeMetrics",
            summary = "Count the metrics of all customers again",
            description =
                    "From their orders, and puts right what differs, with their segments. Metrics follow every order by themselves: "
                            + "this is for after a restored backup. Answers when it is done, after seconds for a million customers; "
                            + "asking again does no harm.")
    public Uni<RecomputationResult> recompute() {
        return recomputation.run();
    }
}
