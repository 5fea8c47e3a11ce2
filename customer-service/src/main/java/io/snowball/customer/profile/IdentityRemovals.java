package io.snowball.customer.profile;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.identity.Identities;
import io.snowball.customer.identity.Identity;
import io.snowball.customer.profile.Changes.Change;
import io.snowball.platform.problem.CommonProblem;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Takes one identity from a customer. Where it was the one that is written to, the oldest of its kind takes its place. */
@ApplicationScoped
class IdentityRemovals {
    private final CustomerSql sql;
    private final People people;
    private final Identities identities;
    private final Changes changes;
    private final Pool pool;

    IdentityRemovals(CustomerSql sql, People people, Identities identities, Changes changes, Pool pool) {
        this.sql = sql;
        this.people = people;
        this.identities = identities;
        this.changes = changes;
        this.pool = pool;
    }

    /** By an old id of a merged customer too. No other writer of customers runs beside it. */
    Uni<Void> remove(UUID id, Identity identity, String by) {
        return pool.withTransaction(tx -> people.lockAll(tx)
                .chain(() -> people.existing(tx, id))
                .chain(current -> remove(tx, current, identity, by)));
    }

    private Uni<Void> remove(SqlConnection tx, UUID id, Identity identity, String by) {
        return sql.states(tx, List.of(id))
                .chain(before -> identities
                        .remove(tx, id, identity)
                        .map(found -> found.orElseThrow(() -> CommonProblem.NOT_FOUND.with(
                                "The customer has no such identity: list the customer's identities")))
                        .chain(value -> people.touch(tx, id)
                                .chain(() -> sql.states(tx, List.of(id)))
                                .chain(after -> changes.add(
                                        tx, history(before.getFirst(), after.getFirst(), identity, value), by))))
                .chain(() -> people.announce(tx, List.of(id)));
    }

    /** Under its kind it is named in any case: another e-mail address may have taken its place, or it was a further one. */
    private static List<Change> history(CustomerState before, CustomerState after, Identity removed, String value) {
        List<Change> history = new ArrayList<>(Changes.between(before, after));
        history.add(new Change(after.id(), Changes.IDENTITY + removed.kind(), value, null));
        return history;
    }
}
