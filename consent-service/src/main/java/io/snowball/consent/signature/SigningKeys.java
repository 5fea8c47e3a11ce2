package io.snowball.consent.signature;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.signature.Signer.Jws;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The public halves of all keys that were ever signed with. */
@ApplicationScoped
public class SigningKeys {
    /* language=PostgreSQL */
    private static final String REMEMBER = """
            insert into signing_key (kid, public_key, first_used_at) values ($1, $2, $3)
            on conflict (kid) do nothing
            """;

    /* language=PostgreSQL */
    private static final String ALL = """
            select kid, public_key, first_used_at from signing_key order by first_used_at desc, kid limit 1000
            """;

    private final Pool pool;
    private final Signer signer;
    private final Clock clock;

    SigningKeys(Pool pool, Signer signer, Clock clock) {
        this.pool = pool;
        this.signer = signer;
        this.clock = clock;
    }

    /** @param firstUsedAt null for a key that is new and has sealed nothing yet */
    public record Known(
            String kid,
            PublicKey key,
            @org.jspecify.annotations.Nullable Instant firstUsedAt) {
        public byte[] raw() {
            return Signer.raw(key);
        }
    }

    /** Keeps the key in use; called by whatever is signed for ever. */
    public Uni<Void> remember(SqlConnection tx) {
        return tx.preparedQuery(REMEMBER)
                .execute(Params.of(signer.kid(), Buffer.buffer(signer.publicKey()), OffsetDateTime.now(clock)))
                .replaceWithVoid();
    }

    /** The key in use is among them, whether it is kept yet or not. */
    public Uni<List<Known>> all() {
        return pool.preparedQuery(ALL).execute().map(rows -> {
            List<Known> known = Rows.list(rows, SigningKeys::known);
            if (known.stream().noneMatch(key -> key.kid().equals(signer.kid()))) {
                known.add(new Known(signer.kid(), key(signer.publicKey()), null));
            }
            return known;
        });
    }

    /** What was signed, if one of our keys signed it. */
    public Uni<Optional<byte[]>> verified(String text) {
        Optional<Jws> jws = Signer.parse(text);
        return jws.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : all().map(keys -> keys.stream()
                        .filter(key -> key.kid().equals(jws.get().kid()) && Signer.verify(jws.get(), key.key()))
                        .findFirst()
                        .map(_ -> jws.get().payload()));
    }

    private static Known known(Row row) {
        return new Known(
                row.getString("kid"),
                key(row.getBuffer("public_key").getBytes()),
                row.getOffsetDateTime("first_used_at").toInstant());
    }

    private static PublicKey key(byte[] encoded) {
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("A kept public key is not one", failure);
        }
    }
}
