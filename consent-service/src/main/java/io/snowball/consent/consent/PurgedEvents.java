package io.snowball.consent.consent;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.document.Sha256;
import io.snowball.consent.signature.SigningKeys;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What is left of events that left the ledger when their term was over: place and hash, under a signature. */
@ApplicationScoped
public class PurgedEvents {
    /* language=PostgreSQL */
    private static final String SELECT = """
            select customer_id, sequence, tx, encode(hash, 'hex') as hash, purge_id
            from consent_event_purged
            """;

    private static final String OF_CUSTOMERS =
            SELECT + "where customer_id = any($1::uuid[]) order by customer_id, sequence";

    private static final String OF_SPAN = SELECT + "where tx >= $1 and tx < $2 order by customer_id, sequence";

    private static final String OF_PURGE = SELECT + "where purge_id = $1 order by customer_id, sequence";

    /* language=PostgreSQL */
    private static final String PURGE = "select id, until, purged_at, signature from consent_purge where id = $1";

    private final SigningKeys keys;

    PurgedEvents(SigningKeys keys) {
        this.keys = keys;
    }

    /** @param tx the transaction that wrote the event, by which its seal knows it */
    public record Purged(UUID customerId, int sequence, long tx, String hash, UUID purgeId) {}

    /** @param until what was sealed later than this it can't explain */
    private record Purge(UUID id, Instant until, Instant at, String signature) {}

    public Uni<List<Purged>> of(SqlClient client, UUID... customers) {
        return client.preparedQuery(OF_CUSTOMERS)
                .execute(Params.of((Object) customers))
                .map(rows -> Rows.list(rows, PurgedEvents::purged));
    }

    /** @param toTx the first transaction after the span */
    public Uni<List<Purged>> between(SqlClient client, long fromTx, long toTx) {
        return client.preparedQuery(OF_SPAN)
                .execute(Params.of(fromTx, toTx))
                .map(rows -> Rows.list(rows, PurgedEvents::purged));
    }

    /** Until when each of these purges reaches; those that are not what was signed are not in the answer. */
    public Uni<Map<UUID, Instant>> reach(SqlClient client, Collection<Purged> events) {
        return Multi.createFrom()
                .iterable(events.stream().map(Purged::purgeId).distinct().toList())
                .onItem()
                .transformToUniAndConcatenate(id -> signed(client, id))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList()
                .map(purges -> purges.stream().collect(Collectors.toMap(Purge::id, Purge::until)));
    }

    private Uni<Optional<Purge>> signed(SqlClient client, UUID id) {
        return client.preparedQuery(PURGE)
                .execute(Params.of(id))
                .map(rows -> Rows.first(
                        rows,
                        row -> new Purge(
                                id,
                                row.getOffsetDateTime("until").toInstant(),
                                row.getOffsetDateTime("purged_at").toInstant(),
                                row.getString("signature"))))
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(found)
                        : client.preparedQuery(OF_PURGE)
                                .execute(Params.of(id))
                                .map(rows -> Rows.list(rows, PurgedEvents::purged))
                                .chain(events -> keys.verified(found.get().signature())
                                        .map(content -> found.filter(purge -> content.filter(bytes -> Arrays.equals(
                                                        bytes, content(id, purge.until(), purge.at(), events)))
                                                .isPresent()))));
    }

    /** What is signed: lines, so that it can be made again without this code. Events by customer and sequence. */
    static byte[] content(UUID id, Instant until, Instant at, List<Purged> events) {
        String lines = events.stream()
                .map(event ->
                        event.customerId() + " " + event.sequence() + " " + event.tx() + " " + event.hash() + "\n")
                .collect(Collectors.joining());
        return """
                snowball-consent-purge 1
                id %s
                until %s
                purgedAt %s
                events %d
                sha256 %s
                """.formatted(id, until, at, events.size(), Sha256.hex(lines)).getBytes(StandardCharsets.UTF_8);
    }

    static Purged purged(Row row) {
        return new Purged(
                row.getUUID("customer_id"),
                row.getInteger("sequence"),
                row.getLong("tx"),
                row.getString("hash"),
                row.getUUID("purge_id"));
    }
}
