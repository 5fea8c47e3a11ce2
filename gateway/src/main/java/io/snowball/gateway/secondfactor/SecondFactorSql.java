package io.snowball.gateway.secondfactor;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class SecondFactorSql {
    // One that was never confirmed is replaced: its owner lost the page with the secret.
    /* language=PostgreSQL */
    private static final String BEGIN = """
            insert into second_factor as f (user_id, secret, begun_at)
            values ($1, $2, $3)
            on conflict (user_id) do update set secret = excluded.secret, begun_at = excluded.begun_at
            where f.confirmed_at is null
            """;

    /* language=PostgreSQL */
    private static final String BEGIN_NEXT = """
            update second_factor
            set next_secret = $2, next_begun_at = $3
            where user_id = $1 and confirmed_at is not null
            """;

    /* language=PostgreSQL */
    private static final String FIND =
            "select secret, last_step from second_factor where user_id = $1 and confirmed_at is not null";

    // Locked: of two who confirm it at once one gets recovery codes. No code of a new secret was used yet.
    /* language=PostgreSQL */
    private static final String FIND_BEGUN = """
            select case when confirmed_at is null then secret else next_secret end as secret,
              case when confirmed_at is null then last_step else 0 end as last_step
            from second_factor
            where user_id = $1 and (confirmed_at is null or next_secret is not null)
            for update
            """;

    /* language=PostgreSQL */
    private static final String CONFIRM = """
            update second_factor
            set confirmed_at = $2, last_step = $3, secret = coalesce(next_secret, secret), next_secret = null, next_begun_at = null
            where user_id = $1
            """;

    // By one statement, so that of two who bring the same code at once one comes in.
    /* language=PostgreSQL */
    private static final String USE_STEP = """
            update second_factor
            set last_step = $2
            where user_id = $1 and confirmed_at is not null and last_step < $2
            """;

    /* language=PostgreSQL */
    private static final String USE_RECOVERY_CODE = "delete from recovery_code where user_id = $1 and code_hash = $2";

    /* language=PostgreSQL */
    private static final String ADD_RECOVERY_CODES =
            "insert into recovery_code (user_id, code_hash) select $1, unnest($2::bytea[])";

    SecondFactorSql() {}

    /** @param lastStep the step whose code was used last */
    record Stored(Buffer secret, long lastStep) {
        private static Stored of(Row row) {
            return new Stored(row.getBuffer("secret").getDelegate(), row.getLong("last_step"));
        }
    }

    /** @return false where there is one that is in use */
    Uni<Boolean> begin(SqlClient client, UUID userId, byte[] secret, Instant now) {
        return client.preparedQuery(BEGIN)
                .execute(Params.of(userId, Buffer.buffer(secret), now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** @return false where there is none to replace */
    Uni<Boolean> beginNext(SqlClient client, UUID userId, byte[] secret, Instant now) {
        return client.preparedQuery(BEGIN_NEXT)
                .execute(Params.of(userId, Buffer.buffer(secret), now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** The one in use. */
    Uni<Optional<Stored>> find(SqlClient client, UUID userId) {
        return client.preparedQuery(FIND).execute(Params.of(userId)).map(rows -> Rows.first(rows, Stored::of));
    }

    /** The one that waits for its first code, in place of another or not. */
    Uni<Optional<Stored>> findBegun(SqlConnection tx, UUID userId) {
        return tx.preparedQuery(FIND_BEGUN).execute(Params.of(userId)).map(rows -> Rows.first(rows, Stored::of));
    }

    /** @param step whose code was used; the row is locked by {@link #findBegun} */
    Uni<Void> confirm(SqlConnection tx, UUID userId, Instant now, long step) {
        return tx.preparedQuery(CONFIRM)
                .execute(Params.of(userId, now.atOffset(ZoneOffset.UTC), step))
                .replaceWithVoid();
    }

    /** Those of before are good no longer. */
    Uni<Void> replaceRecoveryCodes(SqlConnection tx, UUID userId, List<Buffer> hashes) {
        return tx.preparedQuery("select from second_factor where user_id = $1 for update")
                .execute(Params.of(userId))
                .chain(() -> tx.preparedQuery("delete from recovery_code where user_id = $1")
                        .execute(Params.of(userId)))
                .chain(() ->
                        tx.preparedQuery(ADD_RECOVERY_CODES).execute(Params.of(userId, hashes.toArray(Buffer[]::new))))
                .replaceWithVoid();
    }

    Uni<Boolean> useStep(SqlClient client, UUID userId, long step) {
        return client.preparedQuery(USE_STEP).execute(Params.of(userId, step)).map(rows -> rows.rowCount() == 1);
    }

    Uni<Boolean> useRecoveryCode(SqlClient client, UUID userId, Buffer hash) {
        return client.preparedQuery(USE_RECOVERY_CODE)
                .execute(Params.of(userId, hash))
                .map(rows -> rows.rowCount() == 1);
    }

    /** With its codes on paper. */
    Uni<Void> remove(SqlClient client, UUID userId) {
        return client.preparedQuery("delete from second_factor where user_id = $1")
                .execute(Params.of(userId))
                .replaceWithVoid();
    }
}
