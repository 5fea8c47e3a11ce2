package io.snowball.gateway.login;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.smallrye.mutiny.Uni;
import io.snowball.gateway.GatewayConfig;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Argon2id, by default with the first choice of OWASP's sheet: 19 MiB, 2 rounds, 1 lane. It takes tens of milliseconds by design, so
 * it runs on two threads of its own: a flood of logins can take neither the event loop nor the memory.
 */
@ApplicationScoped
class Passwords {
    private static final int ROUNDS = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int THREADS = 2;
    private static final int WAITING_MAX = 100;

    private final WorkerExecutor threads;
    private final Argon2Function argon2;
    private final AtomicInteger waiting = new AtomicInteger();
    private final String hashOfNobody;

    Passwords(Vertx vertx, GatewayConfig config) {
        int memoryKib = config.login().hashMemory();
        this.argon2 = Argon2Function.getInstance(memoryKib, ROUNDS, LANES, HASH_BYTES, Argon2.ID);
        this.threads = vertx.createSharedWorkerExecutor("passwords", THREADS);
        this.hashOfNobody = hashNow("the password of nobody");
    }

    /** For comparing where there is no such user, so that the answer takes as long as where there is one. */
    String hashOfNobody() {
        return hashOfNobody;
    }

    Uni<String> hash(String password) {
        return run(() -> hashNow(password));
    }

    Uni<Boolean> matches(String password, String hash) {
        return run(() -> Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash)));
    }

    /** Takes its time; never on an event loop. */
    String hashNow(String password) {
        return Password.hash(password).addRandomSalt(SALT_BYTES).with(argon2).getResult();
    }

    private <T> Uni<T> run(Callable<T> work) {
        if (waiting.incrementAndGet() > WAITING_MAX) {
            waiting.decrementAndGet();
            throw ProblemException.unavailable("Too many people sign in at this moment: try again in a second", 1);
        }
        return threads.executeBlocking(work, false).onTermination().invoke(() -> waiting.decrementAndGet());
    }

    @PreDestroy
    void close() {
        threads.closeAndForget();
    }
}
