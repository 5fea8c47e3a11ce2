package io.snowball.consent.incident;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.access.AccessCounts;
import io.snowball.consent.access.AccessCounts.Count;
import io.snowball.consent.access.AccessCounts.Scope;
import io.snowball.consent.incident.IncidentApi.CountIncident;
import io.snowball.consent.incident.IncidentApi.IncidentView;
import io.snowball.consent.sibling.PersonalData;
import io.snowball.platform.db.Params;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;

/** How many people and identifiers an incident touched, by the access log (requirements r33, r34). */
@ApplicationScoped
class IncidentCounts {
    private static final int PAGE = 10_000;

    // What people entered by hand gives way to what was counted: the class of the fine follows from it.
    /* language=PostgreSQL */
    private static final String STORE = """
            update incident
            set counted_at = $2, counted_scope = $3, counted_records = $4, counted_subjects = $5, counted_unnamed = $6, counted_identifiers = $7,
              subjects = $5::bigint + $6::bigint, identifiers = $7::bigint + $6::bigint
            where id = $1
            """;

    private final Pool pool;
    private final Incidents incidents;
    private final AccessCounts accesses;
    private final PersonalData personalData;
    private final Clock clock;

    IncidentCounts(Pool pool, Incidents incidents, AccessCounts accesses, PersonalData personalData, Clock clock) {
        this.pool = pool;
        this.incidents = incidents;
        this.accesses = accesses;
        this.personalData = personalData;
        this.clock = clock;
    }

    Uni<IncidentView> count(UUID id, CountIncident body) {
        if (!body.from().isBefore(body.to())) {
            throw ProblemException.invalidField("/to", "must-be-later", "Must be later than from");
        }
        Scope scope = body.scope();
        return incidents
                .get(id)
                .chain(() -> accesses.count(scope))
                .chain(count -> identifiers(scope, new UUID(0, 0), 0)
                        .chain(identifiers -> store(id, scope, count, identifiers + count.customers())))
                .chain(() -> incidents.get(id));
    }

    /** The addresses and numbers of those people, page by page: who was erased since has none. */
    private Uni<Long> identifiers(Scope scope, UUID after, long sum) {
        return accesses.who(scope, after, PAGE)
                .chain(ids -> ids.isEmpty()
                        ? Uni.createFrom().item(sum)
                        : personalData
                                .counts(ids)
                                .chain(counts -> ids.size() < PAGE
                                        ? Uni.createFrom().item(sum + counts.identifiers())
                                        : identifiers(scope, ids.getLast(), sum + counts.identifiers())));
    }

    private Uni<Void> store(UUID id, Scope scope, Count count, long identifiers) {
        return pool.preparedQuery(STORE)
                .execute(Params.of(
                        id,
                        OffsetDateTime.now(clock),
                        words(scope),
                        count.records(),
                        count.customers(),
                        count.unnamed(),
                        identifiers))
                .replaceWithVoid();
    }

    private static String words(Scope scope) {
        StringBuilder words = new StringBuilder("from=" + scope.from() + " to=" + scope.to());
        if (scope.actor() != null) {
            words.append(" actor=").append(scope.actor());
        }
        if (scope.address() != null) {
            words.append(" address=").append(scope.address());
        }
        if (scope.source() != null) {
            words.append(" source=").append(scope.source());
        }
        return words.toString();
    }
}
