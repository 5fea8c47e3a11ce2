package io.snowball.segmentation.contribution;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.money.Money;
import io.snowball.platform.security.ServiceAuthorization;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@RegisterRestClient(configKey = "campaign")
@RegisterProvider(ServiceAuthorization.class)
interface CampaignRestClient {
    @GET
    @Path("/api/v1/campaigns")
    Uni<Page> list(@RestQuery @Nullable String cursor, @RestQuery int limit);

    @GET
    @Path("/api/v1/campaigns/{id}")
    Uni<Campaign> get(@RestPath UUID id);

    @GET
    @Path("/api/v1/campaigns/{id}/report")
    Uni<Report> report(@RestPath UUID id);

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Page(List<Campaign> items, @Nullable String nextCursor) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Campaign(
            UUID id, String name, String channel, @Nullable Instant launchedAt) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Report(
            Money cost,
            @Nullable Money incrementalRevenue,
            @Nullable Money incrementalRevenueLow,
            @Nullable Money incrementalRevenueHigh) {}
}
