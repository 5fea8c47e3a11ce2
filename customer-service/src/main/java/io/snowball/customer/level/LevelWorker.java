package io.snowball.customer.level;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Looks at each level once a day: who has bought nothing lately is told by nobody. */
@ApplicationScoped
class LevelWorker {
    private static final int REVIEWS = 500;

    /** The next tick goes on: each page is nested in the one before it. */
    private static final int PAGES_A_TICK = 100;

    private final Levels levels;

    LevelWorker(Levels levels) {
        this.levels = levels;
    }

    @Scheduled(every = "10m", delayed = "2m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> review() {
        return review(levels.now());
    }

    Uni<Void> review(Instant now) {
        return review(now, PAGES_A_TICK);
    }

    private Uni<Void> review(Instant now, int pagesLeft) {
        return levels.reviewDue(now, REVIEWS)
                .chain(found ->
                        found < REVIEWS || pagesLeft == 1 ? Uni.createFrom().voidItem() : review(now, pagesLeft - 1));
    }
}
