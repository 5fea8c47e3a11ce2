package io.snowball.consent.destruction;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.destruction.Findings.Answer;
import io.snowball.consent.sibling.Keeper;
import io.snowball.consent.sibling.Keeper.Left;
import io.snowball.consent.sibling.Keepers;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Asks everybody who keeps something of a person what is left, all at once; who does not answer is an answer too. */
@ApplicationScoped
class Verification {
    /** Together with all else that is done in a step it must fit into the lease. */
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    private final Keepers keepers;
    private final OwnData own;
    private final Pool pool;
    private final Clock clock;

    Verification(Keepers keepers, OwnData own, Pool pool, Clock clock) {
        this.keepers = keepers;
        this.own = own;
        this.pool = pool;
        this.clock = clock;
    }

    Uni<Findings> ask(List<UUID> ids, Instant destroyedAt) {
        List<Uni<Answer>> answers = new ArrayList<>();
        for (Keeper keeper : keepers.all()) {
            answers.add(answer(keeper.service(), keeper.left(ids)));
        }
        answers.add(answer(OwnData.SERVICE, own.left(pool, ids, destroyedAt)));
        return Uni.join().all(answers).andFailFast().map(Findings::new);
    }

    private Uni<Answer> answer(String service, Uni<Left> question) {
        return question.ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(left -> new Answer(service, clock.instant(), left, null))
                .onFailure()
                // Not its message: an answer of the sibling may hold what no state may.
                .recoverWithItem(failure -> new Answer(service, clock.instant(), null, fault(failure)));
    }

    private static String fault(Throwable failure) {
        if (failure instanceof ProblemException) {
            return "down or failing";
        }
        return failure instanceof WebApplicationException answer
                ? "status " + answer.getResponse().getStatus()
                : failure.getClass().getSimpleName();
    }
}
