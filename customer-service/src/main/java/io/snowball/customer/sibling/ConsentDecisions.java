package io.snowball.customer.sibling;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.sibling.ConsentRestClient.Answer;
import io.snowball.customer.sibling.ConsentRestClient.Item;
import io.snowball.customer.sibling.ConsentRestClient.Question;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** Who may be written to, by consent-service's word of this moment. */
@ApplicationScoped
public class ConsentDecisions {
    public static final int CUSTOMERS_MAX = 1000;
    private static final String SIBLING = "consent";
    // Longer than a decision is good for: a slow answer is asked for again rather than used.
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final ConsentRestClient consent;

    ConsentDecisions(@RestClient ConsentRestClient consent) {
        this.consent = consent;
    }

    /** What is to be decided: for what, over which channel, and of which class by law. */
    public record Subject(String purpose, String channel, String messageClass) {}

    public record Decision(
            boolean allowed, String reason, @Nullable UUID recordId) {}

    /** @param byCustomer holds every customer that was asked for */
    public record Decisions(Instant decidedAt, Map<UUID, Decision> byCustomer) {
        public Decision of(UUID customerId) {
            Decision decision = byCustomer.get(customerId);
            if (decision == null) {
                throw new SiblingException(SIBLING, "left a customer out of its answer");
            }
            return decision;
        }
    }

    /** @param addresses to whom it would go, by customer; null or absent where none is known */
    public Uni<Decisions> decide(Subject subject, Collection<UUID> customerIds, Map<UUID, @Nullable String> addresses) {
        List<UUID> asked = List.copyOf(customerIds);
        Question question = new Question(
                subject.purpose(),
                subject.channel(),
                subject.messageClass(),
                asked,
                asked.stream().<@Nullable String>map(addresses::get).toList());
        return consent.decide(question)
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(answer -> checked(answer, asked))
                .onFailure()
                .transform(failure -> SiblingException.of(SIBLING, failure));
    }

    private static Decisions checked(Answer answer, List<UUID> asked) {
        Map<UUID, Decision> byCustomer = HashMap.newHashMap(asked.size());
        for (Item item : answer.decisions()) {
            byCustomer.put(item.customerId(), new Decision(item.allowed(), item.reason(), item.recordId()));
        }
        Decisions decisions = new Decisions(answer.decidedAt(), byCustomer);
        asked.forEach(decisions::of);
        return decisions;
    }
}
