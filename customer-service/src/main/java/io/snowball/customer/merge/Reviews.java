package io.snowball.customer.merge;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.Deadlocks;
import io.snowball.customer.identity.CandidateState;
import io.snowball.customer.identity.Candidates;
import io.snowball.customer.identity.Candidates.Candidate;
import io.snowball.customer.merge.MergeApi.Decision;
import io.snowball.customer.merge.MergeApi.MergeDecision;
import io.snowball.customer.profile.People;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What people decide of pairs that may be one person. */
@ApplicationScoped
class Reviews {
    private final Candidates candidates;
    private final Merges merges;
    private final People people;
    private final Pool pool;

    Reviews(Candidates candidates, Merges merges, People people, Pool pool) {
        this.candidates = candidates;
        this.merges = merges;
        this.people = people;
        this.pool = pool;
    }

    Uni<Candidate> decide(UUID id, MergeDecision decision, String by) {
        return pool.withTransaction(tx -> people.lockAll(tx)
                        .chain(() -> open(tx, id))
                        .call(candidate -> decision.decision() == Decision.MERGE
                                ? merge(tx, candidate, decision, by)
                                : candidates.decide(tx, id, CandidateState.DIFFERENT_PEOPLE, by))
                        .chain(() -> get(tx, id)))
                .onFailure(Deadlocks::caused)
                .retry()
                .atMost(Deadlocks.MAX_RETRIES);
    }

    private Uni<Void> merge(SqlConnection tx, Candidate candidate, MergeDecision decision, String by) {
        UUID survivor = decision.survivorId() == null ? candidate.customerId() : decision.survivorId();
        if (!survivor.equals(candidate.customerId()) && !survivor.equals(candidate.otherId())) {
            throw ProblemException.invalidField("/survivorId", "one-of-two", "must be one of the two customers");
        }
        UUID other = survivor.equals(candidate.customerId()) ? candidate.otherId() : candidate.customerId();
        return candidates
                .decide(tx, candidate.id(), CandidateState.MERGED, by)
                .chain(() -> merges.merge(tx, survivor, other, MergeReason.DECIDED, by))
                .replaceWithVoid();
    }

    private Uni<Candidate> open(SqlConnection tx, UUID id) {
        return get(tx, id).invoke(candidate -> {
            if (candidate.state() != CandidateState.OPEN) {
                throw MergeProblem.ALREADY_DECIDED.with("It is " + candidate.state());
            }
        });
    }

    private Uni<Candidate> get(SqlConnection tx, UUID id) {
        return candidates
                .find(tx, id)
                .map(found ->
                        found.orElseThrow(() -> CommonProblem.NOT_FOUND.with("There is no candidate with this id")));
    }
}
