package io.snowball.campaign.report;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.feed.FeedEvent;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Withdrawals that came from a message's link. Who unsubscribed by a message has got it. */
@ApplicationScoped
public class Unsubscribes {
    // The mail may be read before its window is settled.
    /* language=PostgreSQL */
    private static final String UNPACK = "select unpack_held_messages($1)";

    /* language=PostgreSQL */
    private static final String UNSUBSCRIBE = """
            update message m
            set unsubscribed_at = coalesce(m.unsubscribed_at, x.at),
              state = case when m.state = 'UNCERTAIN' then 'SENT' else m.state end
            from (select id, min(at) as at from unnest($1::uuid[], $2::timestamptz[]) as w (id, at) group by id) x
            where m.id = x.id
            """;

    private record Withdrawal(UUID messageId, Instant at) {}

    public Uni<Void> apply(SqlConnection tx, List<FeedEvent> batch) {
        List<Withdrawal> withdrawals = batch.stream()
                .filter(event -> event.type().equals("consent.changed"))
                .filter(event -> event.data().path("state").asText().equals("WITHDRAWN"))
                .filter(event -> event.data().hasNonNull("messageId"))
                .map(event -> new Withdrawal(
                        UUID.fromString(event.data().path("messageId").asText()), event.time()))
                .toList();
        if (withdrawals.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        UUID[] messages = Params.uuids(withdrawals, Withdrawal::messageId);
        return tx.preparedQuery(UNPACK)
                .execute(Params.of((Object) messages))
                .chain(() -> tx.preparedQuery(UNSUBSCRIBE)
                        .execute(Params.of(
                                messages,
                                withdrawals.stream()
                                        .map(one -> OffsetDateTime.ofInstant(one.at(), ZoneOffset.UTC))
                                        .toArray(OffsetDateTime[]::new))))
                .replaceWithVoid();
    }
}
