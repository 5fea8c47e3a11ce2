package io.snowball.campaign.sibling;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.sibling.ConsentRestClient.Answer;
import io.snowball.campaign.sibling.ConsentRestClient.Item;
import io.snowball.campaign.sibling.ConsentRestClient.Question;
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

    /** Without looking at addresses: an estimate. */
    public Uni<Decisions> decide(Subject subject, Collection<UUID> customerIds) {
        return ask(subject, List.copyOf(customerIds), null);
    }

    /** @param addresses where each would be written to; who has none is not in it */
    public Uni<Decisions> decide(Subject subject, Collection<UUID> customerIds, Map<UUID, String> addresses) {
        List<UUID> asked = List.copyOf(customerIds);
        return ask(
                subject,
                asked,
                asked.stream().<@Nullable String>map(addresses::get).toList());
    }

    private Uni<Decisions> ask(Subject subject, List<UUID> asked, @Nullable List<@Nullable String> addresses) {
        Question question =
                new Question(subject.purpose(), subject.channel(), subject.messageClass(), asked, addresses);
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
