package io.snowball.campaign.message;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One worker's hands: a lease, and batch after batch under it. Used by one loop at a time. */
class Dispatcher {
    private final Leases leases;
    private final Dispatch dispatch;
    private final BooleanSupplier stopping;
    private volatile @Nullable UUID lease;

    Dispatcher(Leases leases, Dispatch dispatch, BooleanSupplier stopping) {
        this.leases = leases;
        this.dispatch = dispatch;
        this.stopping = stopping;
    }

    Uni<Boolean> step() {
        return lease().chain(mine -> dispatch.next(mine, stopping)).onFailure().call(this::giveUp);
    }

    private Uni<UUID> lease() {
        UUID mine = lease;
        return mine != null && leases.isHeld(mine)
                ? Uni.createFrom().item(mine)
                : leases.take().invoke(taken -> lease = taken);
    }

    private Uni<Void> giveUp() {
        UUID lost = lease;
        lease = null;
        return lost == null
                ? Uni.createFrom().voidItem()
                : leases.giveUp(lost)
                        .onFailure()
                        .invoke(failure -> Log.warnf("A lease could not be given up, it will expire: %s", failure))
                        .onFailure()
                        .recoverWithNull();
    }
}
