package io.snowball.gateway.token;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** The keys of our own tokens. The first who asks makes one; the newest signs, all verify. */
@ApplicationScoped
class SigningKeys {
    private final Pool pool;
    private final Clock clock;
    private volatile @Nullable List<EllipticCurveJsonWebKey> loaded;

    SigningKeys(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** The newest first. */
    Uni<List<EllipticCurveJsonWebKey>> all() {
        List<EllipticCurveJsonWebKey> known = loaded;
        if (known != null) {
            return Uni.createFrom().item(known);
        }
        // The lock lets one of the replicas that start together make the key, and the others read it.
        return pool.withTransaction(tx -> tx.query("select pg_advisory_xact_lock(hashtextextended('signing_key', 0))")
                        .execute()
                        .chain(() -> read(tx))
                        .chain(keys ->
                                keys.isEmpty() ? make(tx) : Uni.createFrom().item(keys)))
                .invoke(keys -> loaded = keys);
    }

    private static Uni<List<EllipticCurveJsonWebKey>> read(SqlConnection tx) {
        return tx.query("select jwk from signing_key order by created_at desc limit 10")
                .execute()
                .map(rows -> Rows.list(rows, row -> parse(row.getString("jwk"))));
    }

    private Uni<List<EllipticCurveJsonWebKey>> make(SqlConnection tx) {
        EllipticCurveJsonWebKey key = generate();
        return tx.preparedQuery("insert into signing_key (key_id, jwk, created_at) values ($1, $2, $3)")
                .execute(Params.of(
                        key.getKeyId(),
                        key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE),
                        OffsetDateTime.now(clock)))
                .invoke(() -> Log.infof("Created a signing key, keyId=%s", key.getKeyId()))
                .replaceWith(List.of(key));
    }

    private static EllipticCurveJsonWebKey generate() {
        try {
            EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(Ids.next().toString());
            key.setUse("sig");
            key.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
            return key;
        } catch (JoseException impossible) {
            throw new IllegalStateException("Every JDK has P-256", impossible);
        }
    }

    private static EllipticCurveJsonWebKey parse(String jwk) {
        try {
            return (EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(jwk);
        } catch (JoseException failure) {
            throw new IllegalStateException("A row of the table signing_key can't be read", failure);
        }
    }
}
