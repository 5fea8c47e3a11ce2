package io.snowball.customer.points;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.points.Entry.Cause;
import io.snowball.customer.points.Redemption.State;
import io.snowball.customer.points.RedemptionSql.Reference;
import io.snowball.platform.id.Ids;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Paying with points: set aside, captured, released, given back. */
@ApplicationScoped
class Redemptions {
    private final Wallets wallets;
    private final RedemptionSql sql;
    private final PointsSql points;
    private final Pool pool;
    private final Clock clock;

    Redemptions(Wallets wallets, RedemptionSql sql, PointsSql points, Pool pool, Clock clock) {
        this.wallets = wallets;
        this.sql = sql;
        this.points = points;
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * What a caller wants to pay.
     *
     * @param orderAmount in kopecks, null where the caller does not say
     * @param until null to capture at once
     */
    record Order(
            UUID customerId,
            long points,
            @Nullable String orderId,
            @Nullable Long orderAmount,
            @Nullable Instant until) {}

    Uni<Redemption> create(SqlConnection tx, Order order, String by) {
        Instant now = now();
        UUID id = Ids.next();
        Cause cause = Cause.redemption(id, order.orderId(), by);
        return points.settings(tx)
                .invoke(settings -> checkShare(settings, order))
                .chain(() -> wallets.hold(tx, order.customerId()))
                .chain(customer -> wallets.change(tx, List.of(customer), List.of(), now, found -> {
                    Wallet wallet = wallet(found, customer);
                    Redemption held = wallet.hold(id, order.points(), order.orderId(), order.until(), cause);
                    return store(tx, order.until() == null ? wallet.capture(held, order.points(), cause) : held);
                }));
    }

    private static void checkShare(PointsSql.Settings settings, Order order) {
        if (settings.maxShare() == 10_000 && order.orderAmount() == null) {
            return;
        }
        if (order.orderAmount() == null) {
            throw ProblemException.invalidField(
                    "/orderAmount", "required", "Only a share of an order can be paid with points: tell its amount");
        }
        long most = Math.floorDiv(Math.multiplyExact(order.orderAmount(), settings.maxShare()), 10_000);
        if (Math.multiplyExact(order.points(), settings.pointValue()) > most) {
            throw PointsProblem.SHARE_EXCEEDED.with("At most " + most / settings.pointValue() + " points");
        }
    }

    /** @param taken null for all */
    Uni<Redemption> capture(SqlConnection tx, UUID id, @Nullable Long taken, String by) {
        return change(tx, id, (wallet, held) -> {
            long points = taken == null ? held.points() : taken;
            if (held.state() == State.CAPTURED && held.captured() == points) {
                return held;
            }
            requireHeld(held);
            if (points > held.points()) {
                throw ProblemException.invalidField("/points", "too-many", "So many points are not held");
            }
            return wallet.capture(held, points, Cause.redemption(id, held.orderId(), by));
        });
    }

    Uni<Redemption> release(SqlConnection tx, UUID id, String by) {
        return change(tx, id, (wallet, held) -> {
            if (held.state() == State.RELEASED) {
                return held;
            }
            requireHeld(held);
            return wallet.release(held, State.RELEASED, Cause.redemption(id, held.orderId(), by));
        });
    }

    /** @param back null for all that is left */
    Uni<Redemption> refund(SqlConnection tx, UUID id, @Nullable Long back, String by) {
        return change(tx, id, (wallet, paid) -> {
            long most = paid.captured() - paid.refunded();
            long points = back == null ? most : back;
            if (paid.state() != State.CAPTURED || points > most || points == 0) {
                throw PointsProblem.NOT_CAPTURED.with("At most " + most + " points can be given back");
            }
            return wallet.refund(paid, points, Cause.redemption(id, paid.orderId(), by));
        });
    }

    Uni<Redemption> get(UUID id) {
        return sql.get(pool, List.of(id)).map(Redemptions::existing);
    }

    Uni<Void> refundOrders(SqlConnection tx, Collection<String> orders, Instant now) {
        return sql.ofOrders(tx, orders)
                .chain(found -> changeAll(tx, found, now, (wallet, paid) -> {
                    long points = paid.captured() - paid.refunded();
                    return paid.state() == State.CAPTURED && points > 0
                            ? wallet.refund(paid, points, Cause.redemption(paid.id(), paid.orderId(), "order"))
                            : paid;
                }));
    }

    /** @return how many holds were found to be over */
    Uni<Integer> expire(Instant now, int limit) {
        return pool.withTransaction(tx -> sql.overdue(tx, now, limit)
                .call(found -> changeAll(
                        tx,
                        found,
                        now,
                        (wallet, held) -> held.state() == State.HELD
                                ? wallet.release(
                                        held, State.EXPIRED, new Cause(null, held.orderId(), held.id(), null, "clock"))
                                : held))
                .map(List::size));
    }

    private interface Change {
        Redemption of(Wallet wallet, Redemption redemption);
    }

    private Uni<Redemption> change(SqlConnection tx, UUID id, Change change) {
        return sql.get(tx, List.of(id))
                .map(Redemptions::existing)
                .chain(found -> wallets.hold(tx, found.customerId()))
                .chain(customer -> wallets.change(
                        tx,
                        List.of(customer),
                        List.of(id),
                        now(),
                        found -> sql.get(tx, List.of(id))
                                .map(Redemptions::existing)
                                .map(redemption -> change.of(wallet(found, customer), redemption))
                                .chain(after -> store(tx, after))));
    }

    private Uni<Void> changeAll(SqlConnection tx, List<Reference> references, Instant now, Change change) {
        if (references.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<UUID> ids = references.stream().map(Reference::id).toList();
        List<UUID> owners =
                references.stream().map(Reference::customerId).distinct().toList();
        return wallets.hold(tx, owners)
                .chain(held -> wallets.change(
                        tx,
                        held.values(),
                        ids,
                        now,
                        found -> sql.get(tx, ids)
                                .map(all -> changed(found, all, change))
                                .chain(after -> sql.store(tx, after))))
                .replaceWithVoid();
    }

    private static List<Redemption> changed(Map<UUID, Wallet> wallets, List<Redemption> all, Change change) {
        List<Redemption> after = new ArrayList<>();
        for (Redemption one : all) {
            Wallet wallet = wallets.get(one.customerId());
            // Whose customer was merged or erased between the look-up and the lock is found the next time.
            if (wallet != null) {
                after.add(change.of(wallet, one));
            }
        }
        return after;
    }

    private Uni<Redemption> store(SqlConnection tx, Redemption redemption) {
        return sql.store(tx, List.of(redemption)).replaceWith(redemption);
    }

    private void requireHeld(Redemption held) {
        boolean over = held.expiresAt() != null && !held.expiresAt().isAfter(clock.instant());
        if (held.state() != State.HELD || over) {
            throw PointsProblem.SETTLED.with("It is " + (over ? State.EXPIRED : held.state()));
        }
    }

    private static Wallet wallet(Map<UUID, Wallet> wallets, UUID customer) {
        Wallet wallet = wallets.get(customer);
        if (wallet == null) {
            throw new IllegalStateException("The wallet was not loaded");
        }
        return wallet;
    }

    private static Redemption existing(List<Redemption> found) {
        if (found.isEmpty()) {
            throw CommonProblem.NOT_FOUND.with("There is no redemption with this id");
        }
        return found.getFirst();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
