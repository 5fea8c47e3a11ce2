package io.snowball.consent.sibling;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.security.ServiceAuthorization;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

@RegisterRestClient(configKey = "customer")
@RegisterProvider(ServiceAuthorization.class)
interface CustomerRestClient {
    @GET
    @Path("/api/v1/personal-data/{customerId}")
    Uni<JsonNode> personalData(@RestPath UUID customerId);

    @DELETE
    @Path("/api/v1/personal-data/{customerId}")
    Uni<JsonNode> destroy(@RestPath UUID customerId);

    @POST
    @Path("/api/v1/personal-data-counts")
    Uni<Counts> counts(CountPersonalData body);

    /** Null: of all. */
    record CountPersonalData(@Nullable List<UUID> customerIds) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Counts(long subjects, long identifiers) {}

    @PUT
    @Path("/api/v1/personal-data/{customerId}/block")
    Uni<Void> block(@RestPath UUID customerId);

    @DELETE
    @Path("/api/v1/personal-data/{customerId}/block")
    Uni<Void> release(@RestPath UUID customerId);
}
