package io.snowball.campaign.sibling;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.sibling.CustomerRestClient.Answer;
import io.snowball.campaign.sibling.CustomerRestClient.Item;
import io.snowball.campaign.sibling.CustomerRestClient.Question;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** Addresses and names for one hand-over. They live as long as the batch and go nowhere but into its messages. */
@ApplicationScoped
public class Addresses {
    private static final String SIBLING = "customer";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final CustomerRestClient customers;

    Addresses(@RestClient CustomerRestClient customers) {
        this.customers = customers;
    }

    public record Addressee(
            UUID customerId,
            String address,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String timeZone,
            @Nullable String language) {

        /** Personal data: not even by accident in a log. */
        @Override
        public String toString() {
            return "Addressee[" + customerId + "]";
        }
    }

    /** Who has no address in this channel is absent. */
    public Uni<Map<UUID, Addressee>> of(String channel, Collection<UUID> customerIds) {
        if (customerIds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return customers
                .addresses(new Question(channel, List.copyOf(customerIds)))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(Addresses::byCustomer)
                .onFailure()
                .transform(failure -> SiblingException.of(SIBLING, failure));
    }

    private static Map<UUID, Addressee> byCustomer(Answer answer) {
        Map<UUID, Addressee> found = HashMap.newHashMap(answer.items().size());
        for (Item item : answer.items()) {
            found.put(
                    item.customerId(),
                    new Addressee(
                            item.customerId(),
                            item.address(),
                            item.firstName(),
                            item.lastName(),
                            item.timeZone(),
                            item.language()));
        }
        return found;
    }
}
