package io.snowball.campaign.sibling;

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

    @POST
    @Path("/api/v1/confirmation-links")
    Uni<LinkAnswer> confirmationLinks(LinkQuestion question);

    /** @param addresses in the order of the customers, null where there is none; or null for all */
    @RegisterForReflection
    record Question(
            String purpose,
            String channel,
            String messageClass,
            List<UUID> customerIds,
            @Nullable List<@Nullable String> addresses) {

        /** Personal data: not even by accident in a log. */
        @Override
        public String toString() {
            return "Question[" + customerIds.size() + "]";
        }
    }

    @RegisterForReflection
    record LinkQuestion(List<AddressedConsent> items) {}

    @RegisterForReflection
    record AddressedConsent(UUID recordId, String address) {
        @Override
        public String toString() {
            return "AddressedConsent[" + recordId + "]";
        }
    }

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record LinkAnswer(List<LinkItem> items) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record LinkItem(UUID recordId, String link) {}

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
