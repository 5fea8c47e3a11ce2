package io.snowball.gateway.secondfactor;

import io.smallrye.mutiny.Uni;
import io.snowball.gateway.secondfactor.SecondFactorSql.Stored;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/** Setting up a second factor, and asking for it. */
@ApplicationScoped
public class SecondFactors {
    private static final String ISSUER = "Snowball";

    private final Pool pool;
    private final SecondFactorSql sql;
    private final SecretBox secrets;
    private final Clock clock;

    SecondFactors(Pool pool, SecondFactorSql sql, SecretBox secrets, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** What the user's app needs; nobody sees it again. */
    public record Begun(String secret, String uri) {}

    /** It counts from its first right code on. */
    public Uni<Begun> begin(UUID userId, String login) {
        byte[] secret = secrets.random(Totp.SECRET_BYTES);
        return sql.begin(pool, userId, secrets.seal(userId, secret), clock.instant())
                .invoke(begun -> {
                    if (!begun) {
                        throw SecondFactorProblem.SET_UP_ALREADY.with(
                                "Where the telephone is lost sign in with a recovery code, or have another admin reset the factor");
                    }
                })
                .replaceWith(() -> new Begun(Totp.base32(secret), Totp.uri(ISSUER, login, secret)));
    }

    /** @return the recovery codes; nobody sees them again */
    public Uni<List<String>> confirm(UUID userId, String code) {
        Instant now = clock.instant();
        List<String> codes = RecoveryCodes.make(secrets);
        return pool.withTransaction(tx -> sql.find(tx, userId, false)
                .map(found -> found.orElseThrow(() -> SecondFactorProblem.NOT_BEGUN.with(
                        "Begin by POST /api/v1/second-factor; one that is in use can't be confirmed again")))
                .map(stored -> matching(userId, stored, code, now)
                        .orElseThrow(() -> SecondFactorProblem.WRONG_FIRST_CODE.with(
                                "Type the 6 digits that the app shows; the clock of the telephone must be right")))
                .chain(step -> sql.confirm(tx, userId, now, step))
                .call(() -> sql.addRecoveryCodes(
                        tx, userId, codes.stream().map(RecoveryCodes::hash).toList()))
                .replaceWith(codes));
    }

    /** Of the app or from paper; either is used up by it. */
    public Uni<Boolean> accept(UUID userId, String code) {
        return sql.find(pool, userId, true).chain(found -> {
            OptionalLong step = found.map(stored -> matching(userId, stored, code, clock.instant()))
                    .orElseGet(OptionalLong::empty);
            return step.isPresent()
                    ? sql.useStep(pool, userId, step.getAsLong())
                    : sql.useRecoveryCode(pool, userId, RecoveryCodes.hash(code));
        });
    }

    public Uni<Void> remove(SqlClient client, UUID userId) {
        return sql.remove(client, userId);
    }

    private OptionalLong matching(UUID userId, Stored stored, String code, Instant now) {
        return secrets.open(userId, stored.secret().getBytes())
                .map(secret -> Totp.matching(secret, code.strip(), now, stored.lastStep()))
                .orElseGet(OptionalLong::empty);
    }
}
