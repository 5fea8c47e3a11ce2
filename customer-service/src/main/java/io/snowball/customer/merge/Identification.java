package io.snowball.customer.merge;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.Deadlocks;
import io.snowball.customer.event.Events;
import io.snowball.customer.identity.Candidates;
import io.snowball.customer.identity.Identities;
import io.snowball.customer.identity.Identity;
import io.snowball.customer.identity.IdentityKind;
import io.snowball.customer.identity.Resolution;
import io.snowball.customer.merge.MergeApi.IdentificationOutcome;
import io.snowball.customer.merge.MergeApi.IdentificationResult;
import io.snowball.customer.profile.People;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who shows these identities, by the rules of {@link Resolution}; what is new of them is kept. */
@ApplicationScoped
class Identification {
    static final String BY_RULE = "rule";

    private final Identities identities;
    private final Candidates candidates;
    private final People people;
    private final Merges merges;
    private final Events events;
    private final Pool pool;
    private final Clock clock;

    Identification(
            Identities identities,
            Candidates candidates,
            People people,
            Merges merges,
            Events events,
            Pool pool,
            Clock clock) {
        this.identities = identities;
        this.candidates = candidates;
        this.people = people;
        this.merges = merges;
        this.events = events;
        this.pool = pool;
        this.clock = clock;
    }

    /** Asked at every login and mostly answered by a look: only who brings something new waits for the other writers. */
    Uni<IdentificationResult> identify(List<Identity> given, String by) {
        return resolve(pool, given)
                .chain(resolution -> resolution.customerId() != null && resolution.changesNothing()
                        ? Uni.createFrom()
                                .item(result(IdentificationOutcome.KNOWN, resolution, resolution.customerId()))
                        : pool.withTransaction(tx -> people.lockAll(tx)
                                .chain(() -> resolve(tx, given))
                                .chain(current -> carryOut(tx, current, by))))
                .onFailure(Deadlocks::caused)
                .retry()
                .atMost(Deadlocks.MAX_RETRIES);
    }

    private Uni<Resolution> resolve(SqlClient client, List<Identity> given) {
        return identities.holders(client, given).map(holders -> Resolution.of(given, holders));
    }

    private Uni<IdentificationResult> carryOut(SqlConnection tx, Resolution resolution, String by) {
        if (resolution.isNobody()) {
            return Uni.createFrom().item(result(IdentificationOutcome.AMBIGUOUS, resolution, null));
        }
        UUID known = resolution.customerId();
        return known == null
                ? people.create(tx)
                        .chain(id -> apply(tx, id, resolution, null)
                                .replaceWith(result(IdentificationOutcome.CREATED, resolution, id)))
                : apply(tx, known, resolution, by)
                        .replaceWith(result(
                                resolution.changesNothing()
                                        ? IdentificationOutcome.KNOWN
                                        : IdentificationOutcome.LINKED,
                                resolution,
                                known));
    }

    private Uni<Void> apply(SqlConnection tx, UUID customer, Resolution resolution, @Nullable String by) {
        return people.link(tx, customer, resolution.link(), by)
                .chain(() -> identities.take(tx, customer, resolution.take(), clock.instant()))
                .chain(() -> mergeAll(tx, customer, List.copyOf(resolution.visitors())))
                .chain(() -> candidates.add(tx, customer, resolution.doubts()))
                .chain(() -> claimAll(tx, customer, resolution));
    }

    /** What was nobody's in a browser that is the customer's from now on. */
    private Uni<Void> claimAll(SqlConnection tx, UUID customer, Resolution resolution) {
        return Multi.createFrom()
                .items(Stream.concat(resolution.link().stream(), resolution.take().stream())
                        .filter(identity -> identity.kind() == IdentityKind.COOKIE)
                        .flatMap(cookie -> cookie.visitorId().stream()))
                .onItem()
                .transformToUniAndConcatenate(visitor -> events.claim(tx, visitor, customer))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> mergeAll(SqlConnection tx, UUID customer, List<UUID> visitors) {
        return Multi.createFrom()
                .iterable(visitors)
                .onItem()
                .transformToUniAndConcatenate(
                        visitor -> merges.merge(tx, customer, visitor, MergeReason.VISITOR, BY_RULE))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static IdentificationResult result(
            IdentificationOutcome outcome, Resolution resolution, @Nullable UUID customer) {
        return new IdentificationResult(
                outcome, customer, resolution.decidedBy(), resolution.doubts().size());
    }
}
