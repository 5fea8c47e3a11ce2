package io.snowball.consent.destruction;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.MergedConsents;
import io.snowball.consent.number.NumberSigns;
import io.snowball.consent.sibling.Keeper.Left;
import io.snowball.platform.db.Params;
import io.snowball.platform.erasure.Remains;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** What this service itself has of a person beyond what the law keeps. */
@ApplicationScoped
class OwnData {
    static final String SERVICE = "consent-service";

    private static final String COUNT = Remains.count(OwnTrace.values());

    private final DestructionSql sql;
    private final MergedConsents consents;
    private final NumberSigns signs;

    OwnData(DestructionSql sql, MergedConsents consents, NumberSigns signs) {
        this.sql = sql;
        this.consents = consents;
        this.signs = signs;
    }

    /** Words go; consents that are in force end, each with an entry of its own in the ledger. */
    Uni<Void> forget(SqlConnection tx, List<UUID> ids) {
        return sql.forgetRequests(tx, ids)
                .chain(() -> Multi.createFrom()
                        .iterable(ids)
                        .onItem()
                        .transformToUniAndConcatenate(
                                id -> consents.erase(tx, id).chain(() -> signs.forget(tx, id)))
                        .collect()
                        .last()
                        .replaceWithVoid());
    }

    Uni<Left> left(SqlClient client, List<UUID> ids, Instant destroyedAt) {
        return client.preparedQuery(COUNT)
                .execute(Params.of(ids.toArray(UUID[]::new), destroyedAt.atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    TreeMap<String, Long> found = new TreeMap<>();
                    rows.forEach(row -> found.put(row.getString("category"), row.getLong("found")));
                    return new Left(true, found);
                });
    }
}
