package io.snowball.customer.points;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.customer.points.Entry.Cause;
import io.snowball.customer.points.Redemption.State;
import io.snowball.platform.id.Ids;
import io.snowball.platform.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The ledger of points (B9, C18), for any course of events: against a purse of single points, each with its own day. */
class WalletPropertyTest {
    private static final UUID CUSTOMER = new UUID(0, 1);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private enum Kind {
        ACCRUE,
        TAKE_BACK,
        REDEEM,
        HOLD,
        CAPTURE,
        RELEASE,
        REFUND,
        CORRECT,
        WAIT
    }

    /** @param days until it expires, or that pass; 0 for never */
    record Step(Kind kind, int points, int days) {}

    /** What the database keeps between two operations. */
    private static final class Stored {
        List<Lot> lots = new ArrayList<>();
        long debt;
        final List<Entry> entries = new ArrayList<>();
        final List<Redemption> redemptions = new ArrayList<>();

        Wallet load(Instant now) {
            return new Wallet(CUSTOMER, lots, debt, now);
        }

        void store(Wallet wallet) {
            Map<UUID, Lot> all = new HashMap<>();
            lots.forEach(lot -> all.put(lot.id(), lot));
            wallet.touched().forEach(lot -> all.put(lot.id(), lot));
            wallet.opened().forEach(lot -> all.put(lot.id(), lot));
            lots = new ArrayList<>(all.values());
            debt = wallet.debt();
            entries.addAll(wallet.entries());
        }

        long account(Account account) {
            return entries.stream().mapToLong(entry -> entry.effectOn(account)).sum();
        }
    }

    /** One point after the other. */
    private static final class Naive {
        /** @param order in which it came */
        record Point(
                @Nullable Instant expiresAt,
                long order,
                @Nullable String source) {}

        /** @param at when they were set aside */
        record Paid(List<Point> points, Instant at) {}

        List<Point> available = new ArrayList<>();
        Map<UUID, Paid> held = new HashMap<>();
        Map<UUID, Paid> paid = new HashMap<>();
        long debt;
        long order;

        void pass(Instant now) {
            available.removeIf(
                    point -> point.expiresAt() != null && !point.expiresAt().isAfter(now));
        }

        void give(int points, @Nullable Instant expiresAt, @Nullable String source) {
            order++;
            for (int i = 0; i < points; i++) {
                available.add(new Point(expiresAt, order, source));
            }
            settle();
        }

        void settle() {
            while (debt > 0 && !available.isEmpty()) {
                take(1, null);
                debt--;
            }
        }

        List<Point> take(int points, @Nullable String source) {
            List<Point> sorted = new ArrayList<>(available);
            sorted.sort(Comparator.comparing((Point point) -> source == null || !source.equals(point.source()))
                    .thenComparing(Point::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()))
                    .thenComparingLong(Point::order));
            List<Point> taken = new ArrayList<>(sorted.subList(0, points));
            taken.forEach(point -> available.remove(point));
            return taken;
        }

        void back(List<Point> points, Instant now) {
            available.addAll(points);
            pass(now);
            settle();
        }
    }

    @Property(tries = 500)
    void theLedgerIsThePurse(@ForAll("courses") List<Step> course) {
        Stored stored = new Stored();
        Naive naive = new Naive();
        Instant now = START;
        int number = 0;
        for (Step step : course) {
            now = now.plusMillis(1);
            if (step.kind() == Kind.WAIT) {
                now = now.plus(Duration.ofDays(step.days()));
            }
            Wallet wallet = stored.load(now);
            naive.pass(now);
            assertThat(wallet.available()).isEqualTo(naive.available.size());
            apply(step, ++number, wallet, stored, naive, now);
            stored.store(wallet);
            check(stored, naive);
        }
    }

    private static void apply(Step step, int number, Wallet wallet, Stored stored, Naive naive, Instant now) {
        Instant expiresAt = step.days() == 0 ? null : now.plus(Duration.ofDays(step.days()));
        UUID rule = new UUID(0, 7);
        String source = "order/" + number % 3;
        switch (step.kind()) {
            case ACCRUE -> {
                wallet.accrue(step.points(), Cause.rule(rule, source), expiresAt);
                naive.give(step.points(), expiresAt, source);
            }
            case TAKE_BACK -> {
                wallet.takeBack(step.points(), Cause.rule(rule, source));
                int there = Math.min(step.points(), naive.available.size());
                naive.take(there, source);
                naive.debt += step.points() - there;
            }
            case CORRECT -> {
                if (step.days() % 2 == 0) {
                    wallet.correct(step.points(), Cause.TIME, expiresAt);
                    naive.give(step.points(), expiresAt, null);
                } else if (refuses(() -> wallet.correct(-step.points(), Cause.TIME, null))) {
                    assertThat(naive.available.size()).isLessThan(step.points());
                } else {
                    naive.take(step.points(), null);
                }
            }
            case HOLD, REDEEM -> pay(step, wallet, stored, naive, now);
            case CAPTURE ->
                any(stored, State.HELD, number, held -> {
                    int points = Math.min(step.points(), (int) held.points());
                    replace(stored, wallet.capture(held, points, Cause.TIME));
                    Naive.Paid taken = Objects.requireNonNull(naive.held.remove(held.id()));
                    List<Naive.Point> all = taken.points();
                    naive.paid.put(held.id(), new Naive.Paid(new ArrayList<>(all.subList(0, points)), taken.at()));
                    naive.back(List.copyOf(all.subList(points, all.size())), now);
                });
            case RELEASE ->
                any(stored, State.HELD, number, held -> {
                    replace(stored, wallet.release(held, State.RELEASED, Cause.TIME));
                    Naive.Paid taken = Objects.requireNonNull(naive.held.remove(held.id()));
                    naive.back(taken.points(), now);
                });
            case REFUND ->
                any(stored, State.CAPTURED, number, paid -> {
                    int points = (int) Math.min(step.points(), paid.captured() - paid.refunded());
                    replace(stored, wallet.refund(paid, points, Cause.TIME));
                    refund(naive, paid.id(), points, now);
                });
            case WAIT -> {}
        }
    }

    private static void pay(Step step, Wallet wallet, Stored stored, Naive naive, Instant now) {
        UUID id = Ids.next();
        int before = naive.available.size();
        try {
            Redemption held = wallet.hold(id, step.points(), null, now, Cause.TIME);
            List<Naive.Point> taken = naive.take(step.points(), null);
            if (step.kind() == Kind.HOLD) {
                naive.held.put(id, new Naive.Paid(taken, now));
                stored.redemptions.add(held);
            } else {
                naive.paid.put(id, new Naive.Paid(taken, now));
                stored.redemptions.add(wallet.capture(held, step.points(), Cause.TIME));
            }
        } catch (ProblemException refused) {
            assertThat(before).isLessThan(step.points());
        }
    }

    /** Comes back with as many days as it had left; the last that were taken first. */
    private static void refund(Naive naive, UUID id, int points, Instant now) {
        Naive.Paid paid = Objects.requireNonNull(naive.paid.get(id));
        for (int i = 0; i < points; i++) {
            Naive.Point point = paid.points().removeLast();
            Instant expiresAt =
                    point.expiresAt() == null ? null : now.plus(Duration.between(paid.at(), point.expiresAt()));
            naive.available.add(new Naive.Point(expiresAt, ++naive.order, null));
        }
        naive.settle();
    }

    private static void check(Stored stored, Naive naive) {
        long lots = stored.lots.stream().mapToLong(Lot::remaining).sum();
        long held = stored.redemptions.stream()
                .filter(one -> one.state() == State.HELD)
                .mapToLong(Redemption::points)
                .sum();
        assertThat(stored.account(Account.AVAILABLE))
                .isEqualTo(lots)
                .isEqualTo(naive.available.size())
                .isNotNegative();
        assertThat(stored.account(Account.HELD)).isEqualTo(held).isNotNegative();
        assertThat(-stored.account(Account.DEBT))
                .isEqualTo(stored.debt)
                .isEqualTo(naive.debt)
                .isNotNegative();
        assertThat(stored.debt == 0 || lots == 0).isTrue();
        assertThat(stored.lots).allMatch(lot -> lot.remaining() >= 0 && lot.remaining() <= lot.points());
        long zero = 0;
        for (Account account : Account.values()) {
            zero += stored.account(account);
        }
        assertThat(zero).isZero();
    }

    private interface Work {
        void with(Redemption redemption);
    }

    private static void any(Stored stored, State state, int number, Work work) {
        List<Redemption> some = stored.redemptions.stream()
                .filter(one -> one.state() == state && (state == State.HELD || one.refunded() < one.captured()))
                .toList();
        if (!some.isEmpty()) {
            work.with(some.get(number % some.size()));
        }
    }

    private static void replace(Stored stored, Redemption after) {
        stored.redemptions.replaceAll(one -> one.id().equals(after.id()) ? after : one);
    }

    private static boolean refuses(Runnable work) {
        try {
            work.run();
            return false;
        } catch (ProblemException _) {
            return true;
        }
    }

    @Provide
    Arbitrary<List<Step>> courses() {
        return Combinators.combine(
                        Arbitraries.of(Kind.values()),
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.integers().between(0, 6))
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }
}
