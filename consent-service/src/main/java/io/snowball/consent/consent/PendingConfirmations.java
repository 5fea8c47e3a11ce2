package io.snowball.consent.consent;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Consents that wait for the owner of the address to confirm them. */
@ApplicationScoped
public class PendingConfirmations {
    // By the record that the state rests on: of a consent that was given anew only the newest can be confirmed.
    /* language=PostgreSQL */
    private static final String PENDING = """
            select s.record_id, s.customer_id, s.purpose, s.channel, encode(s.identifier_hash, 'hex') as identifier_hash
            from consent_event e
            join consent_state s on s.customer_id = e.customer_id and s.purpose = e.purpose and s.channel = e.channel
              and s.type = e.type and s.record_id = e.record_id
            where e.record_id = any($1)
              and s.state = 'PENDING_CONFIRMATION'
              and (s.valid_until is null or s.valid_until > $2)
            """;

    private final Pool pool;
    private final ConfirmationLinks links;
    private final IdentifierHash identifiers;
    private final Clock clock;

    PendingConfirmations(Pool pool, ConfirmationLinks links, IdentifierHash identifiers, Clock clock) {
        this.pool = pool;
        this.links = links;
        this.identifiers = identifiers;
        this.clock = clock;
    }

    /** @param identifierHash of the address that it was given for; null where nobody said which */
    public record Pending(
            UUID recordId,
            UUID customerId,
            String purpose,
            Channel channel,
            @Nullable String identifierHash) {}

    /** @return those of the records that still wait */
    public Uni<List<Pending>> of(List<UUID> recordIds) {
        return pool.preparedQuery(PENDING)
                .execute(Params.of(
                        recordIds.toArray(UUID[]::new), clock.instant().atOffset(ZoneOffset.UTC)))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Pending(
                                row.getUUID("record_id"),
                                row.getUUID("customer_id"),
                                row.getString("purpose"),
                                Channel.valueOf(row.getString("channel")),
                                row.getString("identifier_hash"))));
    }

    /** Whether it was given for this address: nobody else may confirm it. */
    public boolean isFor(Pending pending, String address) {
        return pending.identifierHash() == null || pending.identifierHash().equals(identifiers.of(address));
    }

    public String link(Pending pending) {
        return links.url(pending.recordId());
    }
}
