package io.snowball.campaign.sibling;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.security.ServiceAuthorization;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

@RegisterRestClient(configKey = "customer")
@RegisterProvider(ServiceAuthorization.class)
interface CustomerRestClient {
    @POST
    @Path("/api/v1/addresses")
    Uni<Answer> addresses(Question question);

    @RegisterForReflection
    record Question(String channel, List<UUID> customerIds) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Answer(List<Item> items) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Item(
            UUID customerId,
            String address,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String timeZone,
            @Nullable String language) {

        @Override
        public String toString() {
            return "Item[" + customerId + "]";
        }
    }
}
