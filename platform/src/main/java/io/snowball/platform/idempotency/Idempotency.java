package io.snowball.platform.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.Accessed;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * {@code Idempotency-Key}: the same key with the same body gets the same answer for 30 days and the effect once.
 *
 * <p>Key, answer and effect are written by one transaction, so a crash leaves either all of them or none. While one request
 * with a key runs, another with it answers 409: the running one holds an advisory lock that ends with its transaction, so
 * nothing stays locked after a crash. The key is bound to the request: with another body it answers 422.
 *
 * <p>An answer that says whose data are in it ({@link Accessed}) is found by the ids of these people ({@code subjects}), so that who
 * destroys what is known of a person destroys the answer too.
 */
@ApplicationScoped
public class Idempotency {
    /* language=PostgreSQL */
    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtextextended($1, $2)) as locked";

    /* language=PostgreSQL */
    private static final String FIND = """
            select request_hash, status, location, response
            from idempotency_key
            where operation = $1 and key = $2
            """;

    /* language=PostgreSQL */
    private static final String STORE = """
            insert into idempotency_key (operation, key, request_hash, status, location, response, created_at, subjects)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    /* language=PostgreSQL */
    private static final String FORGET = """
            delete from idempotency_key
            where (operation, key) in (
              select operation, key from idempotency_key where created_at < $1 order by created_at limit 5000)
            """;

    private static final int KEPT_DAYS = 30;

    private final Pool pool;
    private final ObjectMapper json;
    private final Clock clock;

    Idempotency(Pool pool, ObjectMapper json, Clock clock) {
        this.pool = pool;
        this.json = json;
        this.clock = clock;
    }

    /** What the first request answered: 201 and 202 come with the path of what was made. */
    public record Reply<T>(int status, @Nullable String location, T body) {
        public static <T> Reply<T> created(String location, T body) {
            return new Reply<>(201, location, body);
        }

        public static <T> Reply<T> accepted(String location, T body) {
            return new Reply<>(202, location, body);
        }

        public static <T> Reply<T> ok(T body) {
            return new Reply<>(200, null, body);
        }
    }

    /**
     * Runs {@code work} in one transaction; with a key, at most once.
     *
     * @param operation the operationId, so that one key may serve two operations
     * @param key what the caller sent, or null where the operation does not require one
     * @param request all that the key is bound to: the body, and the path's ids where there are any
     */
    public <T> Uni<RestResponse<T>> once(
            String operation,
            @Nullable UUID key,
            Object request,
            Class<T> type,
            Function<SqlConnection, Uni<Reply<T>>> work) {
        if (key == null) {
            return pool.withTransaction(work).map(Idempotency::response);
        }
        byte[] hash = hash(request);
        return pool.withTransaction(tx -> lock(tx, operation, key)
                        .chain(() -> find(tx, operation, key))
                        .chain(stored -> stored.isPresent()
                                ? Uni.createFrom().item(() -> replay(stored.get(), hash, type))
                                : work.apply(tx).call(reply -> store(tx, operation, key, hash, reply))))
                .map(Idempotency::response);
    }

    /** For operations whose effect can't be undone. */
    public static UUID required(@Nullable UUID key) {
        if (key == null) {
            throw ProblemException.invalidField(
                    "Idempotency-Key",
                    "required",
                    "Send the header Idempotency-Key with a new UUID, and the same one when you repeat");
        }
        return key;
    }

    private static Uni<Void> lock(SqlConnection tx, String operation, UUID key) {
        return tx.preparedQuery(LOCK)
                .execute(Params.of(key.toString(), (long) operation.hashCode()))
                .invoke(rows -> {
                    if (!rows.iterator().next().getBoolean("locked")) {
                        throw new ProblemException(
                                CommonProblem.REQUEST_IN_FLIGHT, "Ask again in a moment", java.util.List.of(), 1);
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Optional<Row>> find(SqlConnection tx, String operation, UUID key) {
        return tx.preparedQuery(FIND)
                .execute(Params.of(operation, key))
                .map(rows -> Rows.first(rows, Function.identity()));
    }

    private <T> Reply<T> replay(Row stored, byte[] hash, Class<T> type) {
        if (!Arrays.equals(stored.getBuffer("request_hash").getBytes(), hash)) {
            throw CommonProblem.IDEMPOTENCY_KEY_REUSED.with("Use a new Idempotency-Key for a new request");
        }
        try {
            T body = json.readValue(stored.getString("response"), type);
            return new Reply<>(stored.getInteger("status"), stored.getString("location"), body);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A stored answer of " + type.getSimpleName() + " can't be read", failure);
        }
    }

    private <T> Uni<Void> store(SqlConnection tx, String operation, UUID key, byte[] hash, Reply<T> reply) {
        return tx.preparedQuery(STORE)
                .execute(Params.of(
                        operation,
                        key,
                        io.vertx.mutiny.core.buffer.Buffer.buffer(hash).getDelegate(),
                        reply.status(),
                        reply.location(),
                        write(reply.body()),
                        OffsetDateTime.now(clock),
                        subjects(reply.body())))
                .replaceWithVoid();
    }

    private static UUID @Nullable [] subjects(@Nullable Object body) {
        return body instanceof Accessed answer ? answer.whoseData().toArray(UUID[]::new) : null;
    }

    private static <T> RestResponse<T> response(Reply<T> reply) {
        RestResponse.ResponseBuilder<T> response =
                RestResponse.ResponseBuilder.<T>create(reply.status()).entity(reply.body());
        if (reply.location() != null) {
            response.header("Location", reply.location());
        }
        return response.build();
    }

    private byte[] hash(Object request) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(request));
        } catch (NoSuchAlgorithmException | JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String write(@Nullable Object body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** In small bites, so that no transaction is long: a long one holds every feed back. */
    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forgetOld() {
        return pool.preparedQuery(FORGET)
                .execute(
                        Params.of(OffsetDateTime.now(clock).minusDays(KEPT_DAYS).withOffsetSameInstant(ZoneOffset.UTC)))
                .replaceWithVoid();
    }
}
