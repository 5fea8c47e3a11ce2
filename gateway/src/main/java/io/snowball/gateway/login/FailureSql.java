package io.snowball.gateway.login;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.snowball.gateway.GatewayConfig;
import io.snowball.platform.db.Params;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * How often in a row somebody tried in vain. Counted by login and source, so that nobody can lock somebody else out from afar; by
 * source, so that nobody can try one password on everybody or fill the table; and by login over all sources that never signed in with
 * it, so that nobody gains by guessing from many.
 */
@ApplicationScoped
class FailureSql {
    /** In place of a login: the failures of a source with all of them. In place of a source: those of strangers together. */
    private static final Buffer ANY = Buffer.buffer();

    // Counted before the password is looked at, and by one statement: a hundred guesses at once get a hundred different
    // numbers. While the account is locked the time stays, so guessing on does not lock it for longer. A source's time
    // is that of
    // its first failure: were it the last, what an office mistypes would add up for months. So is the strangers'.
    /* language=PostgreSQL */
    private static final String COUNT = """
            insert into login_failure as f (login_hash, source_hash, failures, last_at)
            values ($1, $2, 1, $3)
            on conflict (login_hash, source_hash) do update set
              failures = case when f.last_at <= $4 then 1 else least(f.failures + 1, $5 + 1) end,
              last_at = case when f.last_at > $4 and (f.failures >= $5 or $1 = ''::bytea or $2 = ''::bytea) then f.last_at else $3 end
            returning failures, last_at
            """;

    /* language=PostgreSQL */
    private static final String FORGET_OLD = """
            delete from login_failure
            where (login_hash, source_hash) in (
              select login_hash, source_hash from login_failure where last_at <= $1 order by last_at limit 5000)
            """;

    /* language=PostgreSQL */
    private static final String FORGET_OLD_SOURCES = """
            delete from login_source
            where (login_hash, source_hash) in (
              select login_hash, source_hash from login_source where seen_at <= $1 order by seen_at limit 5000)
            """;

    /* language=PostgreSQL */
    private static final String KNOWN =
            "select exists (select from login_source where login_hash = $1 and source_hash = $2) as known";

    // Every attempt was counted; this one was none in vain. The source is no stranger from now on.
    /* language=PostgreSQL */
    private static final String FORGET = """
            with pair as (
              delete from login_failure where login_hash = $1 and source_hash = $2
            ), source as (
              update login_failure set failures = failures - 1
              where login_hash = $3 and source_hash = $2 and failures > 0
            ), strangers as (
              update login_failure set failures = failures - 1
              where login_hash = $1 and source_hash = $3 and failures > 0
                and not exists (select from login_source where login_hash = $1 and source_hash = $2)
            )
            insert into login_source (login_hash, source_hash, seen_at)
            values ($1, $2, $4)
            on conflict (login_hash, source_hash) do update set seen_at = excluded.seen_at
            """;

    // The password was right and the code is still to come: this attempt was none, and nothing else is made good by it.
    /* language=PostgreSQL */
    private static final String TAKE_BACK = """
            update login_failure set failures = failures - 1
            where failures > 0
              and ((login_hash = $1 and source_hash = $2)
                or (login_hash = $3 and source_hash = $2)
                or (login_hash = $1 and source_hash = $3
                  and not exists (select from login_source where login_hash = $1 and source_hash = $2)))
            """;

    private static final Duration SOURCE_KEPT = Duration.ofDays(90);

    private final Pool pool;
    private final Clock clock;
    private final int failuresMax;
    private final int sourceFailuresMax;
    private final int strangerFailuresMax;
    private final Duration lockedFor;

    FailureSql(Pool pool, Clock clock, GatewayConfig config) {
        this.pool = pool;
        this.clock = clock;
        this.failuresMax = config.login().failuresMax();
        this.sourceFailuresMax = config.login().sourceFailuresMax();
        this.strangerFailuresMax = config.login().strangerFailuresMax();
        this.lockedFor = config.login().lockedFor();
    }

    /** @return how long the source is still locked; zero where this attempt may be made */
    Uni<Duration> countSource(Attempt attempt) {
        return count(ANY, hash(attempt.source()), sourceFailuresMax);
    }

    /** @return how long the account is still locked for this source; zero where this attempt may be made */
    Uni<Duration> countLogin(Attempt attempt) {
        return count(hash(attempt.login()), hash(attempt.source()), failuresMax);
    }

    /** @return how long the account is still locked for sources that never signed in with it; zero where this attempt may be made */
    Uni<Duration> countStrangers(Attempt attempt) {
        Buffer login = hash(attempt.login());
        return pool.preparedQuery(KNOWN)
                .execute(Params.of(login, hash(attempt.source())))
                .map(rows -> rows.iterator().next().getBoolean("known"))
                .chain(known -> known ? Uni.createFrom().item(Duration.ZERO) : count(login, ANY, strangerFailuresMax));
    }

    private Uni<Duration> count(Buffer login, Buffer source, int max) {
        Instant now = clock.instant();
        return pool.preparedQuery(COUNT)
                .execute(Params.of(login, source, utc(now), utc(now.minus(lockedFor)), max))
                .map(rows -> locked(rows.iterator().next(), now, max));
    }

    Uni<Void> forget(Attempt attempt) {
        return pool.preparedQuery(FORGET)
                .execute(Params.of(hash(attempt.login()), hash(attempt.source()), ANY, utc(clock.instant())))
                .replaceWithVoid();
    }

    Uni<Void> takeBack(Attempt attempt) {
        return pool.preparedQuery(TAKE_BACK)
                .execute(Params.of(hash(attempt.login()), hash(attempt.source()), ANY))
                .replaceWithVoid();
    }

    /** From everywhere. */
    Uni<Void> forget(SqlConnection tx, String login) {
        return tx.preparedQuery("delete from login_failure where login_hash = $1")
                .execute(Params.of(hash(login)))
                .replaceWithVoid();
    }

    private Duration locked(Row row, Instant now, int max) {
        if (row.getInteger("failures") <= max) {
            return Duration.ZERO;
        }
        return Duration.between(
                now, row.getOffsetDateTime("last_at").toInstant().plus(lockedFor));
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forgetOld() {
        Instant now = clock.instant();
        return forgetOld(FORGET_OLD, now.minus(lockedFor))
                .chain(() -> forgetOld(FORGET_OLD_SOURCES, now.minus(SOURCE_KEPT)));
    }

    private Uni<Void> forgetOld(String statement, Instant before) {
        return pool.preparedQuery(statement)
                .execute(Params.of(utc(before)))
                .chain(deleted -> deleted.rowCount() == 0 ? Uni.createFrom().voidItem() : forgetOld(statement, before));
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
