package io.snowball.segmentation.cluster;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.cluster.ClusterApi.ClusterReport;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/clusters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Clusters")
class ClusterResource {
    private final Clusters clusters;

    ClusterResource(Clusters clusters) {
        this.clusters = clusters;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "getClusters",
            summary = "Buyers in groups that nobody drew, each described in words",
            description =
                    "k-means (k-means++ starts, fixed seed) over the logarithms of days since the last order, number of orders and "
                            + "average bill, scaled to the same spread. 409 with fewer than 30 buyers a group.")
    public Uni<ClusterReport> clusters(
            @RestQuery @DefaultValue("5") @Min(2) @Max(12) @Parameter(description = "So many groups") int groups,
            @RestQuery
                    @Nullable
                    @Size(max = 200)
                    @Parameter(description = "Only customers of this source", example = "ru")
                    String source) {
        return clusters.report(groups, source);
    }
}
