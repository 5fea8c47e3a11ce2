package io.snowball.platform.access;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: whoever comes while a statement is under way goes with the next one, so that under load one commit serves many
 * answers. Alone, a record costs one statement.
 */
@ApplicationScoped
class AccessGroupWorker {
    private static final int GROUP_MAX = 500;
    private static final int UNDER_WAY_MAX = 2;

    private final AccessOutbox outbox;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore seats = new Semaphore(UNDER_WAY_MAX);

    AccessGroupWorker(AccessOutbox outbox) {
        this.outbox = outbox;
    }

    private record Waiting(AccessRecord entry, UniEmitter<? super Void> answer) {}

    /** Completes when the record is committed, in the context of who asked. */
    Uni<Void> write(AccessRecord entry) {
        Context context = Vertx.currentContext();
        Uni<Void> written = Uni.createFrom().emitter(answer -> {
            waiting.add(new Waiting(entry, answer));
            depart();
        });
        return written.emitOn(step -> run(context, step));
    }

    private static void run(@Nullable Context context, Runnable step) {
        if (context == null) {
            step.run();
        } else {
            context.runOnContext(_ -> step.run());
        }
    }

    private void depart() {
        while (!waiting.isEmpty() && seats.tryAcquire()) {
            List<Waiting> group = board();
            if (group.isEmpty()) {
                seats.release();
            } else {
                insert(group);
            }
        }
    }

    private List<Waiting> board() {
        List<Waiting> group = new ArrayList<>();
        while (group.size() < GROUP_MAX) {
            Waiting next = waiting.poll();
            if (next == null) {
                break;
            }
            group.add(next);
        }
        return group;
    }

    private void insert(List<Waiting> group) {
        outbox.append(group.stream().map(Waiting::entry).toList())
                .onTermination()
                .invoke(seats::release)
                .subscribe()
                .with(
                        _ -> {
                            group.forEach(one -> one.answer().complete(null));
                            depart();
                        },
                        failure -> {
                            group.forEach(one -> one.answer().fail(failure));
                            depart();
                        });
    }
}
