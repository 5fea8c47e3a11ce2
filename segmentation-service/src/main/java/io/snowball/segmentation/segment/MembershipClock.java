package io.snowball.segmentation.segment;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Windows pass although nothing happens: evaluates again what depends on the clock. */
@ApplicationScoped
class MembershipClock {
    private final Memberships memberships;

    MembershipClock(Memberships memberships) {
        this.memberships = memberships;
    }

    @Scheduled(every = "{segmentation.membership.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return memberships.followTheClock();
    }
}
