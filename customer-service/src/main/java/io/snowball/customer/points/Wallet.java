package io.snowball.customer.points;

import io.snowball.customer.points.Entry.Cause;
import io.snowball.customer.points.Redemption.State;
import io.snowball.customer.points.Redemption.Use;
import io.snowball.platform.id.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The points of one customer at one moment, and all that can be done with them. It decides and takes notes; {@link WalletSql}
 * loads it under a lock and stores the notes. What has expired by now is gone before anything else, and what is owed is paid as
 * soon as there is something to pay with: with a debt nothing is available.
 */
final class Wallet {
    private final UUID customerId;
    private final Instant now;
    private final Map<UUID, Lot> lots = new LinkedHashMap<>();
    private final Map<UUID, Long> stored = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private long debt;

    Wallet(UUID customerId, List<Lot> lots, long debt, Instant now) {
        this.customerId = customerId;
        this.now = now;
        this.debt = debt;
        for (Lot lot : lots) {
            this.lots.put(lot.id(), lot);
            stored.put(lot.id(), lot.remaining());
        }
        expire();
        settle();
    }

    UUID customerId() {
        return customerId;
    }

    long available() {
        return lots.values().stream().mapToLong(Lot::remaining).sum();
    }

    long debt() {
        return debt;
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    List<Lot> opened() {
        return lots.values().stream()
                .filter(lot -> !stored.containsKey(lot.id()))
                .toList();
    }

    /** Lots of which more or less is left than was stored. */
    List<Lot> touched() {
        return lots.values().stream()
                .filter(lot -> stored.containsKey(lot.id()) && stored.get(lot.id()) != lot.remaining())
                .toList();
    }

    long storedRemaining(Lot lot) {
        return stored.getOrDefault(lot.id(), 0L);
    }

    /** By how much an account of the customer's has changed. */
    long change(Account account) {
        return sum(entries, entry -> entry.effectOn(account));
    }

    void accrue(long points, Cause cause, @Nullable Instant expiresAt) {
        credit(EntryKind.ACCRUAL, Account.ISSUE, points, cause, expiresAt);
    }

    /** From what is left of what the cause gave, then from the rest. What is spent already is owed. */
    void takeBack(long points, Cause cause) {
        long taken = Math.min(points, available());
        if (taken > 0) {
            take(taken, cause);
            enter(EntryKind.TAKE_BACK, Account.AVAILABLE, Account.ISSUE, taken, cause);
        }
        long missing = points - taken;
        if (missing > 0) {
            debt = Math.addExact(debt, missing);
            enter(EntryKind.TAKE_BACK, Account.DEBT, Account.ISSUE, missing, cause);
        }
    }

    /** @param points below zero to take away, which never makes a debt */
    void correct(long points, Cause cause, @Nullable Instant expiresAt) {
        if (points >= 0) {
            credit(EntryKind.CORRECTION, Account.ISSUE, points, cause, expiresAt);
        } else {
            require(-points);
            take(-points, cause);
            enter(EntryKind.CORRECTION, Account.AVAILABLE, Account.ISSUE, -points, cause);
        }
    }

    /** @param until when the points come back by themselves, or null where they are captured at once */
    Redemption hold(UUID id, long points, @Nullable String orderId, @Nullable Instant until, Cause cause) {
        require(points);
        List<Use> uses = take(points, cause);
        enter(EntryKind.HOLD, Account.AVAILABLE, Account.HELD, points, cause);
        return new Redemption(id, customerId, orderId, points, 0, 0, State.HELD, until, now, null, uses);
    }

    /** What is not captured becomes available again. */
    Redemption capture(Redemption held, long points, Cause cause) {
        enter(EntryKind.REDEMPTION, Account.HELD, Account.REDEEMED, points, cause);
        return held.captured(points, now, giveBack(held, held.points() - points, cause));
    }

    Redemption release(Redemption held, State as, Cause cause) {
        return held.released(as, giveBack(held, held.points(), cause));
    }

    /** Points that were paid with come back and live as long as they had left when they were set aside. */
    Redemption refund(Redemption paid, long points, Cause cause) {
        List<Use> after = unused(paid.uses(), points, (use, back) -> {
            Instant expiresAt = use.lotExpiresAt() == null
                    ? null
                    : now.plus(Duration.between(paid.createdAt(), use.lotExpiresAt()));
            open(back, cause, expiresAt);
        });
        enter(EntryKind.REFUND, Account.REDEEMED, Account.AVAILABLE, points, cause);
        settle();
        return paid.refunded(points, after);
    }

    private List<Use> giveBack(Redemption held, long points, Cause cause) {
        if (points == 0) {
            return held.uses();
        }
        List<Use> after = unused(held.uses(), points, (use, back) -> putBack(use, back, cause));
        enter(EntryKind.RELEASE, Account.HELD, Account.AVAILABLE, points, cause);
        expire();
        settle();
        return after;
    }

    /** The lot may have gone to another customer meanwhile, with whom this one was taken for one person. */
    private void putBack(Use use, long points, Cause cause) {
        Lot lot = lots.get(use.lotId());
        if (lot == null) {
            open(points, cause, use.lotExpiresAt());
        } else {
            lots.put(lot.id(), lot.with(lot.remaining() + points));
        }
    }

    private interface Return {
        void to(Use use, long points);
    }

    /** What was taken last goes back first: that lives longest. */
    private static List<Use> unused(List<Use> uses, long points, Return giver) {
        List<Use> after = new ArrayList<>(uses);
        long left = points;
        for (int i = after.size() - 1; i >= 0 && left > 0; i--) {
            Use use = after.get(i);
            long back = Math.min(left, use.points() - use.returned());
            if (back > 0) {
                giver.to(use, back);
                after.set(i, use.returning(back));
                left -= back;
            }
        }
        if (left > 0) {
            throw new IllegalStateException("More points are to go back than were taken");
        }
        return after;
    }

    private void credit(EntryKind kind, Account from, long points, Cause cause, @Nullable Instant expiresAt) {
        if (points == 0) {
            return;
        }
        open(points, cause, expiresAt);
        enter(kind, from, Account.AVAILABLE, points, cause);
        settle();
    }

    private void open(long points, Cause cause, @Nullable Instant expiresAt) {
        Lot lot = new Lot(Ids.next(), cause.ruleId(), cause.source(), now, expiresAt, points, points);
        lots.put(lot.id(), lot);
    }

    private void expire() {
        long gone = 0;
        for (Lot lot : List.copyOf(lots.values())) {
            if (lot.isExpired(now) && lot.remaining() > 0) {
                gone += lot.remaining();
                lots.put(lot.id(), lot.with(0));
            }
        }
        if (gone > 0) {
            enter(EntryKind.EXPIRY, Account.AVAILABLE, Account.EXPIRED, gone, Cause.TIME);
        }
    }

    private void settle() {
        long due = Math.min(debt, available());
        if (due > 0) {
            take(due, Cause.TIME);
            debt -= due;
            enter(EntryKind.REPAYMENT, Account.AVAILABLE, Account.DEBT, due, Cause.TIME);
        }
    }

    private void require(long points) {
        if (points > available()) {
            throw PointsProblem.NOT_ENOUGH.with("The customer has " + available());
        }
    }

    private List<Use> take(long points, Cause cause) {
        List<Lot> order = lots.values().stream()
                .filter(lot -> lot.remaining() > 0)
                .sorted(java.util.Comparator.comparing((Lot lot) -> !lot.isOf(cause))
                        .thenComparing(Lot.SPENDING))
                .toList();
        List<Use> uses = new ArrayList<>();
        long left = points;
        for (Lot lot : order) {
            long taken = Math.min(left, lot.remaining());
            if (taken > 0) {
                lots.put(lot.id(), lot.with(lot.remaining() - taken));
                uses.add(new Use(lot.id(), lot.expiresAt(), taken, 0));
                left -= taken;
            }
        }
        return uses;
    }

    private void enter(EntryKind kind, Account from, Account to, long points, Cause cause) {
        if (points > 0) {
            entries.add(new Entry(Ids.next(), customerId, kind, from, to, points, cause, now));
        }
    }

    private static long sum(List<Entry> entries, ToLongFunction<Entry> value) {
        return entries.stream().mapToLong(value).sum();
    }
}
