package io.snowball.consent.consent;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.person.MergedCustomers.Merge;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the ledger writes when two customers turn out to be one, or are so no longer, or are erased. */
@ApplicationScoped
public class MergedConsents {
    private final Ledger ledger;
    private final LedgerSql sql;
    private final Clock clock;

    MergedConsents(Ledger ledger, LedgerSql sql, Clock clock) {
        this.ledger = ledger;
        this.sql = sql;
        this.clock = clock;
    }

    /** @return the number of the last event of who stays, before those that this has written */
    public Uni<Integer> merge(SqlConnection tx, UUID mergeId, UUID into, UUID merged) {
        return sql.lock(tx, List.of(into, merged))
                .map(heads -> heads.stream()
                        .filter(head -> head.customerId().equals(into))
                        .mapToInt(Chains.Head::sequence)
                        .max()
                        .orElseThrow())
                .call(() -> sql.states(tx, both(into, merged))
                        .map(states -> MergeStatements.merged(mergeId, into, merged, states))
                        .chain(statements -> ledger.appendHere(tx, statements)));
    }

    public Uni<Void> unmerge(SqlConnection tx, Merge merge) {
        return sql.lock(tx, List.of(merge.intoId(), merge.customerId()))
                .chain(() -> sql.events(tx, both(merge.intoId(), merge.customerId())))
                .map(events -> {
                    Map<UUID, List<ConsentEvent>> chains = events.stream()
                            .collect(Collectors.groupingBy(event -> event.key().customerId()));
                    return MergeStatements.unmerged(merge, chains.getOrDefault(merge.intoId(), List.of()));
                })
                .chain(statements -> ledger.appendHere(tx, statements))
                .replaceWithVoid();
    }

    /** What is in force ends with the data that it was about. */
    public Uni<Void> erase(SqlConnection tx, UUID customerId) {
        return sql.states(tx, customerId)
                .map(MergeStatements::erased)
                .chain(statements -> ledger.appendHere(tx, statements))
                .chain(() -> sql.markErased(tx, customerId, clock.instant()));
    }

    private static io.vertx.mutiny.sqlclient.Tuple both(UUID one, UUID other) {
        return Params.of((Object) new UUID[] {one, other});
    }
}
