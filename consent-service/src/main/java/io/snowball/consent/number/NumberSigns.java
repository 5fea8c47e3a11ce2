package io.snowball.consent.number;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** When people were last heard of on their numbers. */
@ApplicationScoped
public class NumberSigns {
    // In the order of ids, so that two batches with the same people never wait for each other. Nobody is heard of in
    // the future.
    /* language=PostgreSQL */
    private static final String NOTE = """
            insert into number_sign (customer_id, heard_at)
            select u.customer_id, least(max(u.heard_at), $3)
            from unnest($1::uuid[], $2::timestamptz[]) as u (customer_id, heard_at)
            group by u.customer_id
            order by u.customer_id
            on conflict (customer_id) do update
            set heard_at = excluded.heard_at
            where number_sign.heard_at < excluded.heard_at
            """;

    /* language=PostgreSQL */
    private static final String CARRY_OVER = """
            insert into number_sign (customer_id, heard_at)
            select $2, heard_at from number_sign where customer_id = $1
            on conflict (customer_id) do update
            set heard_at = excluded.heard_at
            where number_sign.heard_at < excluded.heard_at
            """;

    private final Pool pool;
    private final Clock clock;

    NumberSigns(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** Somebody was heard of on their number. */
    public record Sign(UUID customerId, Instant at) {}

    Uni<Void> note(List<Sign> signs) {
        return note(pool, signs);
    }

    public Uni<Void> note(SqlClient client, List<Sign> signs) {
        return client.preparedQuery(NOTE)
                .execute(Params.of(
                        Params.uuids(signs, Sign::customerId),
                        signs.stream()
                                .map(sign -> sign.at().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new),
                        OffsetDateTime.now(clock)))
                .replaceWithVoid();
    }

    /** Of two who turned out to be one, the later sign counts. */
    public Uni<Void> carryOver(SqlClient client, UUID from, UUID to) {
        return client.preparedQuery(CARRY_OVER).execute(Params.of(from, to)).replaceWithVoid();
    }

    public Uni<Void> forget(SqlClient client, UUID customerId) {
        return client.preparedQuery("delete from number_sign where customer_id = $1")
                .execute(Params.of(customerId))
                .replaceWithVoid();
    }
}
