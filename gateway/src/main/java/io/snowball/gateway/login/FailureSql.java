package io.snowball.gateway.login;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.snowball.gateway.GatewayConfig;
import io.snowball.platform.db.Params;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** How often in a row somebody tried a login in vain. */
@ApplicationScoped
class FailureSql {
    // Counted before the password is looked at, and by one statement: a hundred guesses at once get a hundred different
    // numbers. While the account is locked the time stays, so guessing on does not lock it for longer.
    /* language=PostgreSQL */
    private static final String COUNT = """
            insert into login_failure as f (login_hash, failures, last_at)
            values ($1, 1, $2)
            on conflict (login_hash) do update set
              failures = case when f.last_at <= $3 then 1 else least(f.failures + 1, $4 + 1) end,
              last_at = case when f.last_at > $3 and f.failures >= $4 then f.last_at else $2 end
            returning failures, last_at
            """;

    /* language=PostgreSQL */
    private static final String FORGET_OLD = """
            delete from login_failure
            where login_hash in (
              select login_hash from login_failure where last_at <= $1 order by last_at limit 5000)
            """;

    private final Pool pool;
    private final Clock clock;
    private final int failuresMax;
    private final Duration lockedFor;

    FailureSql(Pool pool, Clock clock, GatewayConfig config) {
        this.pool = pool;
        this.clock = clock;
        this.failuresMax = config.login().failuresMax();
        this.lockedFor = config.login().lockedFor();
    }

    /** @return how long the account is still locked; zero where this attempt may be made */
    Uni<Duration> count(String login) {
        Instant now = clock.instant();
        return pool.preparedQuery(COUNT)
                .execute(Params.of(hash(login), utc(now), utc(now.minus(lockedFor)), failuresMax))
                .map(rows -> locked(rows.iterator().next(), now));
    }

    Uni<Void> forget(String login) {
        return pool.preparedQuery("delete from login_failure where login_hash = $1")
                .execute(Params.of(hash(login)))
                .replaceWithVoid();
    }

    private Duration locked(Row row, Instant now) {
        if (row.getInteger("failures") <= failuresMax) {
            return Duration.ZERO;
        }
        return Duration.between(
                now, row.getOffsetDateTime("last_at").toInstant().plus(lockedFor));
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forgetOld() {
        return pool.preparedQuery(FORGET_OLD)
                .execute(Params.of(utc(clock.instant().minus(lockedFor))))
                .replaceWithVoid();
    }

    private static Buffer hash(String login) {
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(login.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
