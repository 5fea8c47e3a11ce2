package io.snowball.campaign.message;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Context;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Does one step after another, on an event loop of its own; pauses where there was nothing to do, and longer after failures.
 * Stops between two steps.
 */
class LoopWorker {
    private static final Duration PAUSE_MIN = Duration.ofMillis(200);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);
    private static final long STOP_SECONDS = 10;

    private final String name;
    private final Supplier<Uni<Boolean>> step;
    private final Duration idlePause;
    private final Executor loop;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private volatile boolean stopping;
    private boolean failing;

    /** @param step answers whether there was something to do */
    LoopWorker(String name, Supplier<Uni<Boolean>> step, Duration idlePause, Context context) {
        this.name = name;
        this.step = step;
        this.idlePause = idlePause;
        this.loop = context::runOnContext;
    }

    void start() {
        Uni.createFrom()
                .deferred(this::cycle)
                .runSubscriptionOn(loop)
                .invoke(this::succeeded)
                .repeat()
                .until(_ -> stopping)
                .onItem()
                .ignoreAsUni()
                .onFailure(_ -> !stopping)
                .invoke(this::failed)
                .onFailure(_ -> !stopping)
                .retry()
                .withBackOff(PAUSE_MIN, PAUSE_MAX)
                .indefinitely()
                .subscribe()
                .with(_ -> done.complete(true), _ -> done.complete(false));
    }

    private Uni<Boolean> cycle() {
        if (stopping) {
            return Uni.createFrom().item(false);
        }
        return step.get()
                .call(busy -> busy
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().voidItem().onItem().delayIt().by(idlePause));
    }

    void askToStop() {
        stopping = true;
    }

    /** Waits for the step under way, so that a stop leaves nothing uncertain. */
    void awaitStop() {
        try {
            done.get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException _) {
            Log.warnf("%s did not stop within %d seconds", name, STOP_SECONDS);
        }
    }

    private void succeeded() {
        if (failing) {
            failing = false;
            Log.infof("%s works again", name);
        }
    }

    private void failed(Throwable failure) {
        // Once per outage: a sibling that is down for an hour must not fill the log.
        if (!failing) {
            failing = true;
            Log.warnf("%s fails, trying again: %s", name, failure);
        }
    }
}
