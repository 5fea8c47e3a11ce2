package io.snowball.customer.points;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.points.Entry.Cause;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Points, for the rooms that give them, take them back, and merge people. */
@ApplicationScoped
public class Points {
    private final Wallets wallets;
    private final Redemptions redemptions;
    private final PointsMoves moves;
    private final PointsSql sql;
    private final Clock clock;

    Points(Wallets wallets, Redemptions redemptions, PointsMoves moves, PointsSql sql, Clock clock) {
        this.wallets = wallets;
        this.redemptions = redemptions;
        this.moves = moves;
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * What a rule gives, or takes back where the points are below zero.
     *
     * @param customerId who {@link #hold} says it is
     */
    public record Movement(
            UUID customerId,
            long points,
            UUID ruleId,
            String source,
            @Nullable Instant expiresAt) {}

    /** Who these customers are now; they can't be merged or erased before the commit. Who is unknown is absent. */
    public Uni<Map<UUID, UUID>> hold(SqlConnection tx, Collection<UUID> ids) {
        return wallets.hold(tx, ids);
    }

    public Uni<Void> move(SqlConnection tx, List<Movement> movements) {
        if (movements.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<UUID> customers =
                movements.stream().map(Movement::customerId).distinct().toList();
        return wallets.change(tx, customers, List.of(), now(), found -> {
                    movements.forEach(movement -> move(found, movement));
                    return Uni.createFrom().voidItem();
                })
                .replaceWithVoid();
    }

    private static void move(Map<UUID, Wallet> wallets, Movement movement) {
        Wallet wallet = wallets.get(movement.customerId());
        if (wallet == null) {
            throw new IllegalStateException("The customer was not held");
        }
        Cause cause = Cause.rule(movement.ruleId(), movement.source());
        if (movement.points() > 0) {
            wallet.accrue(movement.points(), cause, movement.expiresAt());
        } else {
            wallet.takeBack(-movement.points(), cause);
        }
    }

    /** Gives back what orders were paid with that came to nothing. */
    public Uni<Void> refundOrders(SqlConnection tx, Collection<String> externalIds) {
        return externalIds.isEmpty() ? Uni.createFrom().voidItem() : redemptions.refundOrders(tx, externalIds, now());
    }

    /** After the rows of the ledger went over, with both customers locked. */
    public Uni<Void> merge(SqlConnection tx, UUID from, UUID to) {
        return moves.merge(tx, from, to, now());
    }

    /** After the rows went back. What was spent together since stays spent by who stays. */
    public Uni<Void> unmerge(SqlConnection tx, UUID from, UUID to) {
        return moves.unmerge(tx, from, to, now());
    }

    /** @return kopecks */
    public Uni<Long> pointValue(SqlConnection tx) {
        return sql.settings(tx).map(PointsSql.Settings::pointValue);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
