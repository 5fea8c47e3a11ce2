package io.snowball.customer.sibling;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.security.ServiceAuthorization;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@RegisterRestClient(configKey = "segmentation")
@RegisterProvider(ServiceAuthorization.class)
interface SegmentRestClient {
    @GET
    @Path("/api/v1/segments/{id}/members")
    Uni<Members> members(@RestPath UUID id, @RestQuery @Nullable UUID after, @RestQuery int limit);

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Members(List<UUID> items, @Nullable UUID nextAfter) {}
}
