package io.snowball.customer.sibling;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.security.ServiceAuthorization;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

@RegisterRestClient(configKey = "consent")
@RegisterProvider(ServiceAuthorization.class)
interface ConsentRestClient {
    @POST
    @Path("/api/v1/consent-decisions")
    Uni<Answer> decide(Question question);

    @RegisterForReflection
    record Question(
            String purpose,
            String channel,
            String messageClass,
            List<UUID> customerIds,
            List<@Nullable String> addresses) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Answer(Instant decidedAt, List<Item> decisions) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Item(
            UUID customerId,
            boolean allowed,
            String reason,
            @Nullable UUID recordId) {}
}
