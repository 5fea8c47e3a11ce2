package io.snowball.campaign.erasure;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.erasure.TraceApi.CampaignTraces;
import io.snowball.campaign.erasure.TraceApi.FindCampaignTraces;
import io.snowball.platform.access.NoPersonalData;
import io.snowball.platform.security.Roles;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/personal-data-traces")
@Produces("application/json")
@Tag(name = "For siblings")
@RolesAllowed(Roles.SERVICE)
class TraceResource {
    private final Traces traces;
    private final Pool pool;

    TraceResource(Traces traces, Pool pool) {
        this.traces = traces;
        this.pool = pool;
    }

    @POST
    @NoPersonalData("Numbers of rows")
    @Operation(
            operationId = "findCampaignTraces",
            summary = "How much is left of a person",
            description =
                    "By category, to verify a destruction. A POST, so that no log of paths has the ids. Not reachable through the gateway.")
    public Uni<CampaignTraces> find(@Valid @NotNull FindCampaignTraces body) {
        return traces.of(pool, body.customerIds());
    }
}
