package io.snowball.segmentation.rule;

import io.snowball.segmentation.cluster.ClusterLevel;
import io.snowball.segmentation.rfm.RfmCell;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Every kind of condition, nested up to four deep. */
final class RandomRule {
    private final Random random;
    private final RandomShop shop;
    private final List<UUID> segments;

    RandomRule(Random random, RandomShop shop, List<UUID> segments) {
        this.random = random;
        this.shop = shop;
        this.segments = segments;
    }

    Rule next() {
        return next(1 + random.nextInt(4));
    }

    private Rule next(int depth) {
        if (depth > 1 && random.nextInt(4) > 0) {
            return switch (random.nextInt(3)) {
                case 0 -> new Rule.All(some(() -> next(depth - 1)));
                case 1 -> new Rule.AnyOf(some(() -> next(depth - 1)));
                default -> new Rule.Not(next(depth - 1));
            };
        }
        return switch (random.nextInt(16)) {
            case 0 -> attribute();
            case 1 -> registered();
            case 2 -> new Rule.Contact(shop.pick(Rule.ContactKind.values()));
            case 3 -> metric();
            case 4 -> orders();
            case 5 -> new Rule.InRfmCell(some(() -> shop.pick(RfmCell.values())));
            case 6, 7 -> messages();
            case 8 -> products();
            case 9 ->
                new Rule.Events(
                        some(() -> shop.pick("VIEWED", "ADDED_TO_CART", "'; --")),
                        shop.pick(Comparison.values()),
                        BigDecimal.valueOf(random.nextInt(4)),
                        random.nextInt(3) == 0 ? null : some(this::property),
                        random.nextBoolean() ? window() : null);
            case 10 ->
                random.nextBoolean()
                        ? new Rule.Favourite(
                                Rule.FavouriteKind.CATEGORY, some(() -> shop.pick("shoes", "hats", "'); --")))
                        : new Rule.Favourite(Rule.FavouriteKind.CHANNEL, some(() -> shop.pick("SMS", "EMAIL")));
            case 14 -> new Rule.CustomAttribute(property());
            case 15 -> born();
            case 11 -> predicted();
            case 12 -> cluster();
            default -> new Rule.InSegment(segments.get(random.nextInt(segments.size())));
        };
    }

    private <T> List<T> some(Supplier<T> one) {
        List<T> list = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            list.add(one.get());
        }
        return list;
    }

    private PropertyCondition property() {
        String name = shop.property();
        return switch (random.nextInt(4)) {
            case 0 ->
                new PropertyCondition.Code(
                        name, some(() -> shop.pick("shoes", "hats", "true", "1", "'); --", "2026-13-45T00:00:00Z")));
            case 1 ->
                new PropertyCondition.Numeric(
                        name, shop.pick(Comparison.values()), BigDecimal.valueOf(random.nextInt(9) * 25L - 100, 2));
            case 2 -> new PropertyCondition.Flag(name, random.nextBoolean());
            default ->
                switch (random.nextInt(3)) {
                    case 0 -> new PropertyCondition.Time(name, shop.time(), null);
                    case 1 -> new PropertyCondition.Time(name, null, shop.time());
                    default -> new PropertyCondition.Time(name, shop.time(), shop.time());
                };
        };
    }

    private Rule attribute() {
        return new Rule.Attribute(
                shop.pick(Rule.AttributeName.values()),
                some(() -> shop.pick(
                        "website", "shop", "FEMALE", "MALE", "ru", "Asia/Omsk", "'; drop table segment; --")));
    }

    private Rule registered() {
        return switch (random.nextInt(4)) {
            case 0 -> new Rule.Registered(shop.time(), null, null);
            case 1 -> new Rule.Registered(null, shop.time(), null);
            case 2 -> new Rule.Registered(null, null, 1 + random.nextInt(12));
            default -> new Rule.Registered(shop.time(), shop.time(), 1 + random.nextInt(12));
        };
    }

    private Rule metric() {
        Rule.MetricName name = shop.pick(Rule.MetricName.values());
        BigDecimal value = switch (name) {
            case ORDERS -> BigDecimal.valueOf(random.nextInt(7));
            case REVENUE -> money(20);
            case AVERAGE_BILL -> money(6);
            case DAYS_SINCE_LAST_ORDER, DAYS_SINCE_FIRST_ORDER, AVERAGE_INTERVAL_DAYS, LIFETIME_DAYS ->
                BigDecimal.valueOf(random.nextInt(14));
            case RETURNS, UNANSWERED_MESSAGES -> BigDecimal.valueOf(random.nextInt(4));
            case OPENED_PERCENT, CLICKED_PERCENT -> BigDecimal.valueOf(shop.pick(0, 25, 33, 50, 66, 67, 100));
            case RETURNED_AMOUNT -> money(6);
            case NPS, CSAT, CES -> BigDecimal.valueOf(random.nextInt(7));
            case CLI -> new BigDecimal(shop.pick("3.6667", "3.67", "3", "0"));
            case FAVOURITE_HOUR -> BigDecimal.valueOf(random.nextInt(24));
        };
        return new Rule.Metric(name, shop.pick(Comparison.values()), value);
    }

    private Rule born() {
        return random.nextBoolean()
                ? new Rule.BirthYear(Rule.BornPerson.CUSTOMER, 1989 + random.nextInt(5), null)
                : new Rule.BirthYear(Rule.BornPerson.CHILD, 2017 + random.nextInt(3), 2019 + random.nextInt(3));
    }

    private Rule predicted() {
        Rule.PredictionName name = shop.pick(Rule.PredictionName.values());
        BigDecimal value = switch (name) {
            case PROBABILITY_ALIVE_PERCENT, CHURN_PERCENT -> BigDecimal.valueOf(shop.pick(0, 25, 30, 50, 75, 100));
            case EXPECTED_PURCHASES -> BigDecimal.valueOf(random.nextInt(4) * 5L, 1);
            case FORECAST, POTENTIAL -> money(6);
        };
        return new Rule.Predicted(name, shop.pick(Comparison.values()), value);
    }

    private Rule cluster() {
        List<ClusterLevel> recency = some(shop::level);
        return switch (random.nextInt(3)) {
            case 0 -> new Rule.InCluster(recency, null, null);
            case 1 -> new Rule.InCluster(null, some(shop::level), recency);
            default -> new Rule.InCluster(recency, some(shop::level), some(shop::level));
        };
    }

    private Rule orders() {
        Rule.OrdersAggregate aggregate = shop.pick(Rule.OrdersAggregate.values());
        Comparison op = shop.pick(Comparison.values());
        BigDecimal value = aggregate == Rule.OrdersAggregate.COUNT ? BigDecimal.valueOf(random.nextInt(5)) : money(12);
        Instant from = shop.time();
        return switch (random.nextInt(6)) {
            case 0 -> new Rule.Orders(aggregate, op, value, 1 + random.nextInt(12), null, null, null, null);
            case 1 -> new Rule.Orders(aggregate, op, value, null, 1 + random.nextInt(5), null, null, null);
            case 2 ->
                new Rule.Orders(
                        aggregate,
                        op,
                        value,
                        null,
                        null,
                        from,
                        from.plusSeconds(86_400L * (1 + random.nextInt(40))),
                        null);
            default -> new Rule.Orders(aggregate, op, value, null, null, null, null, window());
        };
    }

    private Rule products() {
        Rule.ProductsAggregate aggregate = shop.pick(Rule.ProductsAggregate.values());
        BigDecimal value =
                aggregate == Rule.ProductsAggregate.AMOUNT ? money(6) : BigDecimal.valueOf(random.nextInt(3));
        List<String> skus = random.nextBoolean() ? some(() -> shop.pick("S1", "S2", "S3", "'); --")) : null;
        List<String> categories = random.nextInt(3) == 0 ? some(() -> shop.pick("shoes", "hats")) : null;
        List<String> related =
                skus == null && categories == null ? some(() -> shop.pick("S1", "S2", "S3", "S4")) : null;
        return new Rule.Products(
                aggregate,
                shop.pick(Comparison.values()),
                value,
                skus,
                categories,
                related,
                random.nextBoolean() ? window() : null);
    }

    private Rule messages() {
        return new Rule.Messages(
                shop.pick(Rule.MessageEvent.values()),
                shop.pick(Comparison.values()),
                BigDecimal.valueOf(random.nextInt(5)),
                random.nextBoolean() ? 1 + random.nextInt(5) : null,
                random.nextInt(3) == 0 ? shop.pick("EMAIL", "SMS") : null,
                random.nextBoolean() ? window() : null);
    }

    private Window window() {
        String zone = random.nextInt(4) == 0 ? null : shop.pick(RandomShop.ZONES);
        Instant from = shop.time();
        return switch (random.nextInt(6)) {
            case 0 -> new Window(1 + random.nextInt(40), null, null, null, null, null, null, null);
            case 1 -> new Window(null, 1 + random.nextInt(12), null, null, null, null, null, null);
            case 2 -> new Window(null, null, 1 + random.nextInt(5), null, null, null, null, zone);
            case 3 -> new Window(null, null, null, null, null, from, null, null);
            default ->
                new Window(
                        null,
                        null,
                        null,
                        shop.pick(CalendarPeriod.values()),
                        random.nextBoolean() ? random.nextInt(4) : null,
                        null,
                        null,
                        zone);
        };
    }

    private BigDecimal money(int hundreds) {
        return BigDecimal.valueOf(random.nextInt(hundreds) * 100L + random.nextInt(3), 2);
    }
}
