package io.snowball.campaign.sibling;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.sibling.ConsentRestClient.AddressedConsent;
import io.snowball.campaign.sibling.ConsentRestClient.LinkQuestion;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** By what link a consent is confirmed, and whether it may be sent to this address at this moment. */
@ApplicationScoped
public class ConfirmationLinks {
    private static final String SIBLING = "consent";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final ConsentRestClient consent;

    ConfirmationLinks(@RestClient ConsentRestClient consent) {
        this.consent = consent;
    }

    /**
     * @param addresses by the record of the consent
     * @return the links of those that may be sent
     */
    public Uni<Map<UUID, String>> of(Map<UUID, String> addresses) {
        if (addresses.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        List<AddressedConsent> items = addresses.entrySet().stream()
                .map(entry -> new AddressedConsent(entry.getKey(), entry.getValue()))
                .toList();
        return consent.confirmationLinks(new LinkQuestion(items))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(answer -> {
                    Map<UUID, String> links = new HashMap<>();
                    answer.items().forEach(item -> links.put(item.recordId(), item.link()));
                    return links;
                })
                .onFailure()
                .transform(failure -> SiblingException.of(SIBLING, failure));
    }
}
