package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** Who is blocked. Their facts stay, but without metrics nothing finds them: all that looks for customers begins there. */
@ApplicationScoped
class BlockSql {
    /* language=PostgreSQL */
    private static final String BLOCK = """
            with noted as (
              insert into blocked_customer (customer_id, blocked_at)
              select u.customer_id, $2 from unnest($1::uuid[]) as u (customer_id)
              on conflict do nothing),
            predicted as (delete from prediction_score where customer_id = any($1))
            delete from customer_metric where customer_id = any($1)
            """;

    /* language=PostgreSQL */
    private static final String UNBLOCK = "delete from blocked_customer where customer_id = any($1)";

    Uni<Void> block(SqlConnection tx, UUID[] customers, Instant now) {
        return tx.preparedQuery(BLOCK)
                .execute(Params.of(customers, now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<Void> unblock(SqlConnection tx, UUID[] customers) {
        return tx.preparedQuery(UNBLOCK).execute(Params.of((Object) customers)).replaceWithVoid();
    }
}
