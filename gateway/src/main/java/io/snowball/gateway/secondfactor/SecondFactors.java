package io.snowball.gateway.secondfactor;

import io.smallrye.mutiny.Uni;
import io.snowball.gateway.secondfactor.SecondFactorSql.Stored;
import io.snowball.platform.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
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
                                "POST /api/v1/second-factor/replacements with a code of it or a recovery code; who has neither has another admin reset it");
                    }
                })
                .replaceWith(() -> begun(login, secret));
    }

    /** The one in use counts until the new one is confirmed. The caller has just shown a code of it. */
    public Uni<Begun> beginNext(UUID userId, String login) {
        byte[] secret = secrets.random(Totp.SECRET_BYTES);
        return sql.beginNext(pool, userId, secrets.seal(userId, secret), clock.instant())
                .invoke(begun -> {
                    if (!begun) {
                        throw none();
                    }
                })
                .replaceWith(() -> begun(login, secret));
    }

    /** @return new ones, which nobody sees again; those of before are good no longer. The caller has just shown a code. */
    public Uni<List<String>> renewRecoveryCodes(UUID userId) {
        List<String> codes = RecoveryCodes.make(secrets);
        return pool.withTransaction(tx -> sql.replaceRecoveryCodes(tx, userId, hashes(codes)))
                .replaceWith(codes);
    }

    /** Whoever has no factor has nothing to replace. */
    public static ProblemException none() {
        return SecondFactorProblem.NONE.with("Set one up by POST /api/v1/second-factor");
    }

    /** @return the recovery codes; nobody sees them again */
    public Uni<List<String>> confirm(UUID userId, String code) {
        Instant now = clock.instant();
        List<String> codes = RecoveryCodes.make(secrets);
        return pool.withTransaction(tx -> sql.findBegun(tx, userId)
                .map(
                        found -> found.orElseThrow(
                                () -> SecondFactorProblem.NOT_BEGUN.with(
                                        "Begin by POST /api/v1/second-factor or …/replacements; one that is in use can't be confirmed again")))
                .map(stored -> matching(userId, stored, code, now)
                        .orElseThrow(() -> SecondFactorProblem.WRONG_FIRST_CODE.with(
                                "Type the 6 digits that the app shows; the clock of the telephone must be right")))
                .chain(step -> sql.confirm(tx, userId, now, step))
                .call(() -> sql.replaceRecoveryCodes(tx, userId, hashes(codes)))
                .replaceWith(codes));
    }

    /** Of the app or from paper; either is used up by it. */
    public Uni<Boolean> accept(UUID userId, String code) {
        return sql.find(pool, userId).chain(found -> {
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

    private static Begun begun(String login, byte[] secret) {
        return new Begun(Totp.base32(secret), Totp.uri(ISSUER, login, secret));
    }

    private static List<Buffer> hashes(List<String> codes) {
        return codes.stream().map(RecoveryCodes::hash).toList();
    }

    private OptionalLong matching(UUID userId, Stored stored, String code, Instant now) {
        return secrets.open(userId, stored.secret().getBytes())
                .map(secret -> Totp.matching(secret, code.strip(), now, stored.lastStep()))
                .orElseGet(OptionalLong::empty);
    }
}
