package io.snowball.customer.loyalty;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides what rules give for what has happened: the points that they should have given, less those that they have. */
final class Giving {
    private final List<Rule> rules;
    private final long pointValue;
    private final Map<Given, Accrual> stored;
    private final Map<Owner, Tally> tallies;
    private final Map<UUID, UUID> current;
    private final List<Difference> differences = new ArrayList<>();

    /**
     * @param stored what was given for these things before
     * @param tallies what the rules that have limits gave these customers in all
     * @param current who the customers are now; whoever is not in it gets nothing
     */
    Giving(
            List<Rule> rules,
            long pointValue,
            Map<Given, Accrual> stored,
            Map<Owner, Tally> tallies,
            Map<UUID, UUID> current) {
        this.rules = rules;
        this.pointValue = pointValue;
        this.stored = stored;
        this.tallies = new HashMap<>(tallies);
        this.current = current;
    }

    record Given(UUID ruleId, String source) {}

    record Owner(UUID ruleId, UUID customerId) {}

    record Accrual(UUID customerId, long points) {}

    /** @param times for how many things it gave anything */
    record Tally(long points, int times) {}

    /**
     * @param points that the rule has given for this thing from now on
     * @param change to what it had
     */
    record Difference(Rule rule, String source, UUID customerId, long points, long change) {}

    List<Difference> differences() {
        return List.copyOf(differences);
    }

    void purchase(Purchase purchase) {
        for (Rule rule : rules) {
            if (rule.trigger() == Trigger.PURCHASE) {
                boolean known = stored.containsKey(new Given(rule.id(), purchase.source()));
                give(
                        rule,
                        purchase.source(),
                        purchase.customerId(),
                        known ? rule.pointsStill(purchase, pointValue) : rule.points(purchase, pointValue));
            }
        }
    }

    void registration(UUID customer, Instant at) {
        rules.stream()
                .filter(rule -> rule.trigger() == Trigger.REGISTRATION && rule.isValidAt(at))
                .forEach(rule ->
                        give(rule, "registration/" + current.getOrDefault(customer, customer), customer, rule.fixed()));
    }

    void event(UUID event, String type, UUID customer, Instant at) {
        rules.stream()
                .filter(rule -> type.equals(rule.eventType()) && rule.isValidAt(at))
                .forEach(rule -> give(rule, "event/" + event, customer, rule.fixed()));
    }

    /** Both sides, for the order that counts as the first. */
    void referral(UUID referral, UUID inviter, Purchase first) {
        boolean earned = first.paid() && first.amount() > 0;
        for (Rule rule : rules) {
            if (rule.trigger() == Trigger.REFERRAL && rule.isValidAt(first.orderedAt())) {
                long forInvited = rule.invitedPoints() == null ? 0 : rule.invitedPoints();
                give(rule, "referral/" + referral + "/inviter", inviter, earned ? rule.fixed() : 0);
                give(rule, "referral/" + referral + "/invited", first.customerId(), earned ? forInvited : 0);
            }
        }
    }

    private void give(Rule rule, String source, UUID customer, long wanted) {
        Accrual before = stored.get(new Given(rule.id(), source));
        UUID owner = current.get(before == null ? customer : before.customerId());
        long had = before == null ? 0 : before.points();
        if (owner == null || (before == null && wanted == 0)) {
            return;
        }
        Owner key = new Owner(rule.id(), owner);
        Tally all = tallies.getOrDefault(key, new Tally(0, 0));
        Tally others = new Tally(all.points() - had, all.times() - (had > 0 ? 1 : 0));
        long points = limited(rule, others, wanted);
        if (points != had) {
            differences.add(new Difference(rule, source, owner, points, points - had));
            tallies.put(key, new Tally(others.points() + points, others.times() + (points > 0 ? 1 : 0)));
        }
    }

    private static long limited(Rule rule, Tally others, long wanted) {
        if (isReached(rule.maxTimes(), others.times()) || isReached(rule.firstPurchases(), others.times())) {
            return 0;
        }
        return rule.maxPoints() == null ? wanted : Math.max(0, Math.min(wanted, rule.maxPoints() - others.points()));
    }

    private static boolean isReached(@Nullable Integer limit, int times) {
        return limit != null && times >= limit;
    }
}
