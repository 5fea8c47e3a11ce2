package io.snowball.consent.decision;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.calling.CallingNumber;
import io.snowball.consent.calling.CallingNumber.DialMode;
import io.snowball.consent.calling.CallingNumbers;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.decision.CallApi.AskCallDecisions;
import io.snowball.consent.decision.CallApi.CallDecisionsView;
import io.snowball.consent.decision.DecisionApi.AskDecisions;
import io.snowball.consent.decision.DecisionApi.DecisionView;
import io.snowball.consent.decision.DecisionApi.DecisionsView;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Whether people may be called from a number of ours: what holds for the channel, and besides that the number is registered, advertising is
 * dialled by a person (38-FZ art. 18 p. 2), and a robot calls those only who agreed to mass calls (126-FZ art. 44.1.1).
 */
@ApplicationScoped
class CallDecisions {
    /* language=PostgreSQL */
    private static final String AGREED_TO_ROBOTS = """
            select distinct customer_id
            from consent_state
            where customer_id = any($1) and purpose = $2 and type = 'MASS_CALL_44_1_1' and state = 'GIVEN'
              and (valid_until is null or valid_until > $3)
            """;

    private final Decisions decisions;
    private final CallingNumbers numbers;
    private final Pool pool;

    CallDecisions(Decisions decisions, CallingNumbers numbers, Pool pool) {
        this.decisions = decisions;
        this.numbers = numbers;
        this.pool = pool;
    }

    Uni<CallDecisionsView> decide(AskCallDecisions asked) {
        AskDecisions question =
                new AskDecisions(asked.purpose(), Channel.CALL, asked.messageClass(), asked.customerIds(), null);
        return numbers.inUse(asked.callingNumber())
                .chain(number -> decisions
                        .decide(question)
                        .chain(answer ->
                                agreedToRobots(asked, answer).map(agreed -> view(asked, number, answer, agreed))));
    }

    private Uni<Set<UUID>> agreedToRobots(AskCallDecisions asked, DecisionsView answer) {
        return asked.dialMode() == DialMode.HUMAN
                ? Uni.createFrom().item(Set.of())
                : pool.preparedQuery(AGREED_TO_ROBOTS)
                        .execute(Params.of(
                                asked.customerIds().toArray(UUID[]::new),
                                asked.purpose(),
                                answer.decidedAt().atOffset(ZoneOffset.UTC)))
                        .map(rows -> Set.copyOf(Rows.list(rows, row -> row.getUUID("customer_id"))));
    }

    private static CallDecisionsView view(
            AskCallDecisions asked, Optional<CallingNumber> number, DecisionsView answer, Set<UUID> agreed) {
        boolean advertising = MessageClass.of(asked.messageClass()) == MessageClass.ADVERTISING;
        boolean robot = asked.dialMode() == DialMode.ROBOT;
        boolean registered = number.filter(found -> found.dialMode() == asked.dialMode() || !robot)
                .isPresent();
        return new CallDecisionsView(
                answer.decidedAt(),
                number.map(CallingNumber::label).orElse(null),
                number.map(CallingNumber::category).orElse(null),
                answer.decisions().stream()
                        .map(decision -> {
                            if (!registered) {
                                return denied(decision, Reason.NUMBER_NOT_REGISTERED);
                            }
                            if (robot && advertising) {
                                return denied(decision, Reason.DIALLED_BY_PEOPLE_ONLY);
                            }
                            return robot && decision.allowed() && !agreed.contains(decision.customerId())
                                    ? denied(decision, Reason.NO_CONSENT)
                                    : decision;
                        })
                        .toList());
    }

    private static DecisionView denied(DecisionView decision, Reason reason) {
        return new DecisionView(decision.customerId(), false, reason, null);
    }
}
