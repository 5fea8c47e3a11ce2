package io.snowball.customer.loyalty;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.level.Levels;
import io.snowball.customer.loyalty.Giving.Accrual;
import io.snowball.customer.loyalty.Giving.Difference;
import io.snowball.customer.loyalty.Giving.Given;
import io.snowball.customer.loyalty.HappeningSql.Happening;
import io.snowball.customer.points.Points;
import io.snowball.customer.points.Points.Movement;
import io.snowball.customer.referral.Referral;
import io.snowball.customer.referral.Referral.State;
import io.snowball.customer.referral.Referrals;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gives points for a page of what has happened. All of it is looked at as it stands now, so looking twice does no harm. */
@ApplicationScoped
class Accruals {
    private final AccrualSql sql;
    private final PurchaseSql orders;
    private final Referrals referrals;
    private final Levels levels;
    private final Points points;
    private final Gifts gifts;

    Accruals(AccrualSql sql, PurchaseSql orders, Referrals referrals, Levels levels, Points points, Gifts gifts) {
        this.sql = sql;
        this.orders = orders;
        this.referrals = referrals;
        this.levels = levels;
        this.points = points;
        this.gifts = gifts;
    }

    /** What has happened, as far as a rule or a level asks for it. */
    private record Page(
            List<Rule> rules,
            List<Purchase> purchases,
            List<Referral> referrals,
            List<Happening> events,
            List<Happening> registrations) {

        Set<UUID> customers() {
            Set<UUID> all = new HashSet<>();
            purchases.forEach(each -> all.add(each.customerId()));
            referrals.forEach(each -> all.add(each.inviterId()));
            events.forEach(each -> all.add(each.subject()));
            registrations.forEach(each -> all.add(each.subject()));
            return all;
        }

        Set<String> sources(Map<UUID, UUID> current) {
            Set<String> all = new HashSet<>();
            purchases.forEach(each -> all.add(each.source()));
            referrals.forEach(each -> {
                all.add("referral/" + each.id() + "/inviter");
                all.add("referral/" + each.id() + "/invited");
            });
            events.forEach(each -> all.add("event/" + each.eventId()));
            registrations.forEach(
                    each -> all.add("registration/" + current.getOrDefault(each.subject(), each.subject())));
            return all;
        }
    }

    Uni<Void> apply(SqlConnection tx, List<Rule> rules, List<Happening> happenings, Instant now) {
        return page(tx, rules, happenings)
                .chain(page -> points.hold(tx, page.customers())
                        .chain(current -> sql.stored(tx, page.sources(current))
                                .chain(stored ->
                                        hold(tx, current, stored).chain(all -> give(tx, page, stored, all, now)))));
    }

    private Uni<Page> page(SqlConnection tx, List<Rule> rules, List<Happening> happenings) {
        Set<String> eventTypes =
                rules.stream().map(Rule::eventType).filter(Objects::nonNull).collect(Collectors.toSet());
        List<Rule> forRegistration = rules.stream()
                .filter(rule -> rule.trigger() == Trigger.REGISTRATION)
                .toList();
        Set<UUID> changed = happenings.stream()
                .filter(each -> each.type().equals("order.changed"))
                .flatMap(each -> Stream.ofNullable(each.orderId()))
                .collect(Collectors.toSet());
        List<Happening> events = happenings.stream()
                .filter(each -> each.type().equals("event.recorded") && eventTypes.contains(each.eventType()))
                .toList();
        List<Happening> customers = happenings.stream()
                .filter(each -> each.type().equals("customer.changed") && each.at() != null)
                .filter(each -> forRegistration.stream().anyMatch(rule -> rule.isValidAt(at(each))))
                .toList();
        boolean withLines = rules.stream().anyMatch(rule -> !rule.categories().isEmpty());
        return orders.purchases(tx, changed, withLines)
                .chain(purchases -> referrals
                        .ofOrders(tx, ids(purchases, Purchase::customerId), ids(purchases, Purchase::orderId))
                        .chain(invited -> sql.recognised(
                                        tx,
                                        customers.stream()
                                                .map(Happening::subject)
                                                .toList())
                                .map(known -> new Page(rules, purchases, invited, events, only(customers, known)))));
    }

    private static List<UUID> ids(List<Purchase> purchases, Function<Purchase, UUID> which) {
        return purchases.stream().map(which).toList();
    }

    private static List<Happening> only(List<Happening> customers, Set<UUID> known) {
        Set<UUID> seen = new HashSet<>();
        Predicate<Happening> first = each -> known.contains(each.subject()) && seen.add(each.subject());
        return customers.stream().filter(first).toList();
    }

    /** Also those to whom something was given for it before, which may be somebody else after an unmerge. */
    private Uni<Map<UUID, UUID>> hold(SqlConnection tx, Map<UUID, UUID> current, Map<Given, Accrual> stored) {
        Set<UUID> more = stored.values().stream().map(Accrual::customerId).collect(Collectors.toSet());
        more.removeAll(current.keySet());
        if (more.isEmpty()) {
            return Uni.createFrom().item(current);
        }
        more.addAll(current.keySet());
        return points.hold(tx, more);
    }

    private Uni<Void> give(
            SqlConnection tx, Page page, Map<Given, Accrual> stored, Map<UUID, UUID> current, Instant now) {
        List<UUID> limited = page.rules().stream()
                .filter(rule -> rule.maxPoints() != null || rule.maxTimes() != null || rule.firstPurchases() != null)
                .map(Rule::id)
                .toList();
        return sql.tallies(tx, Set.copyOf(current.values()), limited)
                .chain(tallies ->
                        points.pointValue(tx).map(value -> new Giving(page.rules(), value, stored, tallies, current)))
                .chain(giving -> {
                    List<Referral> settled = decide(giving, page);
                    List<Difference> differences = giving.differences();
                    return referrals
                            .settle(tx, settled)
                            .chain(() -> sql.store(tx, differences))
                            .chain(() -> gifts.tell(tx, differences, now))
                            .chain(() -> points.move(tx, movements(differences, now)));
                })
                .chain(() -> points.refundOrders(tx, undone(page)))
                .chain(() -> levels.review(tx, Set.copyOf(current.values()), now));
    }

    /** @return referrals whose state has changed */
    private static List<Referral> decide(Giving giving, Page page) {
        List<Referral> settled = new ArrayList<>();
        Set<UUID> rewarded = new HashSet<>();
        for (Purchase purchase : page.purchases()) {
            giving.purchase(purchase);
            for (Referral referral : page.referrals()) {
                if (referral.state() == State.REWARDED && purchase.orderId().equals(referral.orderId())) {
                    giving.referral(referral.id(), referral.inviterId(), purchase);
                } else if (referral.state() == State.PENDING
                        && referral.invitedId().equals(purchase.customerId())
                        && purchase.paid()
                        && settled.stream().noneMatch(each -> each.id().equals(referral.id()))) {
                    boolean counts =
                            !referral.inviterId().equals(referral.invitedId()) && rewarded.add(referral.invitedId());
                    settled.add(
                            referral.settled(counts ? State.REWARDED : State.VOID, counts ? purchase.orderId() : null));
                    if (counts) {
                        giving.referral(referral.id(), referral.inviterId(), purchase);
                    }
                }
            }
        }
        page.events()
                .forEach(each -> giving.event(
                        Objects.requireNonNull(each.eventId()),
                        Objects.requireNonNull(each.eventType()),
                        each.subject(),
                        at(each)));
        page.registrations().forEach(each -> giving.registration(each.subject(), at(each)));
        return settled;
    }

    private static List<Movement> movements(List<Difference> differences, Instant now) {
        return differences.stream()
                .filter(each -> each.rule().gift() == null)
                .map(each -> new Movement(
                        each.customerId(),
                        each.change(),
                        each.rule().id(),
                        each.source(),
                        each.rule().expiresAt(now)))
                .toList();
    }

    private static List<String> undone(Page page) {
        return page.purchases().stream()
                .filter(Purchase::undone)
                .map(Purchase::externalId)
                .toList();
    }

    private static Instant at(Happening happening) {
        return Objects.requireNonNull(happening.at());
    }
}
