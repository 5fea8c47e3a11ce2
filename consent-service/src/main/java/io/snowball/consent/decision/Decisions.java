package io.snowball.consent.decision;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.consent.IdentifierHash;
import io.snowball.consent.decision.DecisionApi.AskDecisions;
import io.snowball.consent.decision.DecisionApi.DecisionView;
import io.snowball.consent.decision.DecisionApi.DecisionsView;
import io.snowball.consent.decision.DecisionSql.Answer;
import io.snowball.consent.decision.DecisionSql.Question;
import io.snowball.consent.decision.Facts.Verdict;
import io.snowball.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what is known and decides. Whatever is not known to be allowed is not. */
@ApplicationScoped
public class Decisions {
    private static final Facts NOTHING = new Facts();

    private final DecisionSql sql;
    private final IdentifierHash identifiers;
    private final Clock clock;

    Decisions(DecisionSql sql, IdentifierHash identifiers, Clock clock) {
        this.sql = sql;
        this.identifiers = identifiers;
        this.clock = clock;
    }

    /** @return to whom a message that is no advertising may go at these addresses */
    public Uni<Set<UUID>> transactional(String purpose, Channel channel, Map<UUID, String> addresses) {
        List<UUID> customers = List.copyOf(addresses.keySet());
        AskDecisions asked = new AskDecisions(
                purpose,
                channel,
                MessageClass.TRANSACTIONAL.name(),
                customers,
                customers.stream().map(addresses::get).toList());
        return decide(asked)
                .map(view -> view.decisions().stream()
                        .filter(DecisionView::allowed)
                        .map(DecisionView::customerId)
                        .collect(Collectors.toSet()));
    }

    Uni<DecisionsView> decide(AskDecisions asked) {
        asked.checkElements();
        // Taken before anything is read: a decision is never older than it says.
        Instant decidedAt = clock.instant();
        Question question = new Question(asked.customerIds(), asked.purpose(), asked.channel(), decidedAt);
        Uni<Answer> facts = sql.facts(question);
        List<@Nullable String> addresses = asked.addresses();
        return (addresses == null ? facts : facts.call(answer -> addAddresses(question, addresses, answer)))
                .map(answer -> view(asked, decidedAt, answer));
    }

    /** Also what is known of the addresses themselves: a number on the stop-list may be another customer's by now. */
    private Uni<Void> addAddresses(Question question, List<@Nullable String> addresses, Answer answer) {
        if (addresses.size() != question.customerIds().size()) {
            throw ProblemException.invalidField(
                    "/addresses",
                    "as-many-as-customers",
                    "Give an address or null for each customer, in the same order");
        }
        Map<UUID, String> hashes = new HashMap<>();
        for (int i = 0; i < addresses.size(); i++) {
            String address = addresses.get(i);
            if (address != null) {
                hashes.put(question.customerIds().get(i), identifiers.of(address));
            }
        }
        return sql.stops(List.copyOf(hashes.values()), question.channel())
                .invoke(stops -> hashes.forEach((customerId, hash) -> stops.getOrDefault(hash, List.of())
                        .forEach(stop -> of(answer, customerId).stop(stop))))
                .chain(() -> sql.addresses(question))
                .invoke(given -> given.forEach((customerId, hash) -> {
                    String now = hashes.get(customerId);
                    if (now != null && !now.equals(hash)) {
                        of(answer, customerId).addressDiffers();
                    }
                }))
                .replaceWithVoid();
    }

    private static Facts of(Answer answer, UUID customerId) {
        return answer.ofCustomers().computeIfAbsent(customerId, _ -> new Facts());
    }

    private static DecisionsView view(AskDecisions asked, Instant decidedAt, Answer answer) {
        MessageClass messageClass = MessageClass.of(asked.messageClass());
        ChannelVerdict channel = messageClass == MessageClass.ADVERTISING && answer.all() == ChannelVerdict.PERMITTED
                ? answer.advertising()
                : answer.all();
        List<DecisionView> decisions = asked.customerIds().stream()
                .map(id -> view(
                        id, verdict(channel, messageClass, answer.ofCustomers().get(id))))
                .toList();
        return new DecisionsView(decidedAt, channel == ChannelVerdict.WARNED ? Boolean.TRUE : null, decisions);
    }

    private static Verdict verdict(ChannelVerdict channel, MessageClass messageClass, @Nullable Facts facts) {
        return channel == ChannelVerdict.FORBIDDEN
                ? new Verdict(false, Reason.CHANNEL_FORBIDDEN, null)
                : Objects.requireNonNullElse(facts, NOTHING).decide(messageClass);
    }

    private static DecisionView view(UUID customerId, Verdict verdict) {
        return new DecisionView(customerId, verdict.allowed(), verdict.reason(), verdict.recordId());
    }
}
