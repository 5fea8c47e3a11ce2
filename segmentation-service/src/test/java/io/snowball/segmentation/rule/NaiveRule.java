package io.snowball.segmentation.rule;

import io.snowball.segmentation.cluster.ClusterLevel;
import io.snowball.segmentation.rfm.RfmSettings;
import io.snowball.segmentation.rfm.RfmTwin;
import io.snowball.segmentation.rule.RandomShop.Customer;
import io.snowball.segmentation.rule.RandomShop.Line;
import io.snowball.segmentation.rule.RandomShop.Message;
import io.snowball.segmentation.rule.RandomShop.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a rule says of one customer, customer by customer and order by order, as its description has it. */
record NaiveRule(
        Instant now,
        RfmSettings rfm,
        Map<UUID, Set<UUID>> membersOfSegments,
        Map<String, Set<String>> categoriesOfSkus) {
    /** In which categories each product was ever sold. */
    static Map<String, Set<String>> categories(List<Customer> customers) {
        Map<String, Set<String>> categories = new HashMap<>();
        for (Customer customer : customers) {
            for (Order order : counted(customer)) {
                for (Line line : order.lines()) {
                    if (line.category() != null) {
                        categories
                                .computeIfAbsent(line.sku(), _ -> new HashSet<>())
                                .add(line.category());
                    }
                }
            }
        }
        return categories;
    }

    boolean matches(Rule rule, Customer c) {
        return switch (rule) {
            case Rule.All all -> all.rules().stream().allMatch(r -> matches(r, c));
            case Rule.AnyOf any -> any.rules().stream().anyMatch(r -> matches(r, c));
            case Rule.Not not -> !matches(not.rule(), c);
            case Rule.Attribute attribute -> attribute.in().contains(value(attribute.attribute(), c));
            case Rule.CustomAttribute attribute -> holds(attribute.is(), c.attributes());
            case Rule.BirthYear born ->
                (born.of() == Rule.BornPerson.CHILD ? c.childBirthYears().stream() : Stream.ofNullable(c.birthYear()))
                        .anyMatch(year -> (born.from() == null || year >= born.from())
                                && (born.to() == null || year <= born.to()));
            case Rule.Registered r ->
                (r.from() == null || !c.registeredAt().isBefore(r.from()))
                        && (r.before() == null || c.registeredAt().isBefore(r.before()))
                        && (r.lastDays() == null || daysSince(c.registeredAt()) < r.lastDays());
            // The shop of random rules tells of no consents.
            case Rule.LegacyConsent _ -> false;
            case Rule.Contact contact -> contact.kind() == Rule.ContactKind.EMAIL ? c.hasEmail() : c.hasPhone();
            case Rule.Metric metric -> metric(metric, c);
            case Rule.Favourite favourite ->
                favourite
                        .in()
                        .contains(String.valueOf(
                                favourite.kind() == Rule.FavouriteKind.CATEGORY
                                        ? favouriteCategory(counted(c))
                                        : favouriteChannel(received(c))));
            case Rule.Predicted predicted -> c.predicted() != null && predicted(predicted, c.predicted());
            case Rule.InCluster cluster ->
                c.predicted() != null
                        && c.predicted().cluster() != null
                        && isOneOf(cluster.recency(), c.predicted().cluster().get(0))
                        && isOneOf(cluster.frequency(), c.predicted().cluster().get(1))
                        && isOneOf(cluster.bill(), c.predicted().cluster().get(2));
            case Rule.Orders orders -> orders(orders, counted(c));
            case Rule.Products products -> products(products, counted(c));
            case Rule.Messages messages -> messages(messages, received(c));
            case Rule.Events events ->
                compare(
                        BigDecimal.valueOf(c.events().stream()
                                .filter(e -> events.types().contains(e.type()) && inside(events.effective(), e.at()))
                                .filter(e -> events.where() == null
                                        || events.where().stream()
                                                .allMatch(condition -> holds(condition, e.properties())))
                                .count()),
                        events.op(),
                        events.value());
            case Rule.Listed _ -> false;
            case Rule.InRfmCell cell -> rfmCell(cell, counted(c));
            case Rule.InSegment segment ->
                membersOfSegments.getOrDefault(segment.segmentId(), Set.of()).contains(c.id());
        };
    }

    private static boolean holds(PropertyCondition condition, Map<String, Object> properties) {
        Object value = properties.get(condition.property());
        return switch (condition) {
            case PropertyCondition.Code code ->
                value instanceof String text && code.in().contains(text);
            case PropertyCondition.Numeric number ->
                value instanceof BigDecimal told && compare(told, number.op(), number.value());
            case PropertyCondition.Flag flag -> flag.is().equals(value);
            case PropertyCondition.Time time -> value instanceof String text && inside(time, text);
        };
    }

    private static boolean inside(PropertyCondition.Time time, String text) {
        try {
            Instant at = OffsetDateTime.parse(text.length() == 10 ? text + "T00:00:00Z" : text)
                    .toInstant();
            return (time.from() == null || !at.isBefore(time.from()))
                    && (time.before() == null || at.isBefore(time.before()));
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static boolean isOneOf(@Nullable List<ClusterLevel> wanted, ClusterLevel level) {
        return wanted == null || wanted.contains(level);
    }

    private static boolean predicted(Rule.Predicted rule, RandomShop.Predicted said) {
        @Nullable
        BigDecimal actual = switch (rule.prediction()) {
            case PROBABILITY_ALIVE_PERCENT -> BigDecimal.valueOf(said.alive() * 100);
            case CHURN_PERCENT -> BigDecimal.valueOf(100 - said.alive() * 100);
            case EXPECTED_PURCHASES -> BigDecimal.valueOf(said.purchases());
            case FORECAST -> said.forecast() == null ? null : BigDecimal.valueOf(said.forecast(), 2);
            case POTENTIAL -> BigDecimal.valueOf(said.potential(), 2);
        };
        return actual != null && compare(actual, rule.op(), rule.value());
    }

    private static String value(Rule.AttributeName name, Customer c) {
        @Nullable
        String value = switch (name) {
            case SOURCE -> c.source();
            case SEX -> c.sex();
            case LANGUAGE -> c.language();
            case TIME_ZONE -> c.timeZone();
            case REGION -> c.details().get("region");
            case PREFERRED_CHANNEL -> c.details().get("preferredChannel");
            case UTM_SOURCE -> c.details().get("utm.source");
            case UTM_MEDIUM -> c.details().get("utm.medium");
            case UTM_CAMPAIGN -> c.details().get("utm.campaign");
            case DEVICE_TYPE -> c.details().get("device.type");
            case BROWSER -> c.details().get("device.browser");
            case OS -> c.details().get("device.os");
        };
        return String.valueOf(value);
    }

    private static List<Order> counted(Customer c) {
        return c.orders().stream().filter(Order::counts).toList();
    }

    /** Newest first. */
    private static List<Message> received(Customer c) {
        return c.messages().stream()
                .filter(m -> !m.bounced())
                .sorted(Comparator.comparing(Message::sentAt)
                        .thenComparing(m -> m.id().toString())
                        .reversed())
                .toList();
    }

    private boolean metric(Rule.Metric rule, Customer c) {
        List<Order> orders = counted(c);
        List<Long> returned = c.orders().stream()
                .filter(o -> o.status().equals("RETURNED") && o.kopecks() > 0)
                .map(Order::kopecks)
                .toList();
        @Nullable
        BigDecimal actual = switch (rule.metric()) {
            case ORDERS -> BigDecimal.valueOf(orders.size());
            case REVENUE -> sum(orders);
            case AVERAGE_BILL ->
                orders.isEmpty()
                        ? null
                        : sum(orders).divide(BigDecimal.valueOf(orders.size()), 2, RoundingMode.HALF_UP);
            case DAYS_SINCE_LAST_ORDER ->
                orders.stream()
                        .map(Order::at)
                        .max(Instant::compareTo)
                        .map(at -> BigDecimal.valueOf(daysSince(at)))
                        .orElse(null);
            case DAYS_SINCE_FIRST_ORDER ->
                orders.stream()
                        .map(Order::at)
                        .min(Instant::compareTo)
                        .map(at -> BigDecimal.valueOf(daysSince(at)))
                        .orElse(null);
            case AVERAGE_INTERVAL_DAYS -> interval(orders);
            case RETURNS -> BigDecimal.valueOf(returned.size());
            case RETURNED_AMOUNT ->
                BigDecimal.valueOf(returned.stream().mapToLong(n -> n).sum(), 2);
            case FAVOURITE_HOUR -> favouriteHour(orders, c.timeZone());
            case LIFETIME_DAYS -> lifetime(orders);
            case NPS, CSAT, CES, CLI -> lastAnswer(rule.metric().name(), c);
            case UNANSWERED_MESSAGES -> BigDecimal.valueOf(unanswered(received(c)));
            case OPENED_PERCENT -> percent(received(c), Message::opened);
            case CLICKED_PERCENT -> percent(received(c), m -> m.clickedAt() != null);
        };
        return actual != null && compare(actual, rule.op(), rule.value());
    }

    private static @Nullable BigDecimal lastAnswer(String kind, Customer c) {
        return c.answers().stream()
                .filter(a -> a.kind().equals(kind))
                .max(Comparator.comparing(RandomShop.Answer::at).thenComparing(a -> a.id().toString()))
                .map(RandomShop.Answer::score)
                .orElse(null);
    }

    private static @Nullable BigDecimal interval(List<Order> orders) {
        if (orders.size() < 2) {
            return null;
        }
        List<Instant> times = orders.stream().map(Order::at).sorted().toList();
        Duration total = Duration.between(times.getFirst(), times.getLast());
        return BigDecimal.valueOf(total.dividedBy(Duration.ofDays(orders.size() - 1L)));
    }

    /** A life ends with the last order once the customer is lost. */
    private @Nullable BigDecimal lifetime(List<Order> orders) {
        if (orders.isEmpty()) {
            return null;
        }
        List<Instant> times = orders.stream().map(Order::at).sorted().toList();
        boolean lost = daysSince(times.getLast()) > rfm.atRiskDays();
        return BigDecimal.valueOf(
                lost ? Duration.between(times.getFirst(), times.getLast()).toDays() : daysSince(times.getFirst()));
    }

    private static @Nullable BigDecimal percent(List<Message> received, Predicate<Message> which) {
        return received.isEmpty()
                ? null
                : BigDecimal.valueOf(received.stream().filter(which).count() * 100 / received.size());
    }

    /** In most orders; the latest bought of equals, then the first by name. */
    private static @Nullable String favouriteCategory(List<Order> orders) {
        Map<String, List<Order>> byCategory = new TreeMap<>();
        for (Order order : orders) {
            order.lines().stream()
                    .map(Line::category)
                    .filter(Objects::nonNull)
                    .distinct()
                    .forEach(category -> byCategory
                            .computeIfAbsent(category, _ -> new ArrayList<>())
                            .add(order));
        }
        return byCategory.entrySet().stream()
                .max(Comparator.<Map.Entry<String, List<Order>>>comparingInt(
                                e -> e.getValue().size())
                        .thenComparing(e -> e.getValue().stream()
                                .map(Order::at)
                                .max(Instant::compareTo)
                                .orElseThrow())
                        .thenComparing(
                                Map.Entry.<String, List<Order>>comparingByKey().reversed()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static @Nullable String favouriteChannel(List<Message> received) {
        Map<String, List<Message>> byChannel =
                received.stream().collect(Collectors.groupingBy(Message::channel, TreeMap::new, Collectors.toList()));
        return byChannel.entrySet().stream()
                .filter(e -> e.getValue().stream().anyMatch(Message::opened))
                .max(Comparator.<Map.Entry<String, List<Message>>>comparingDouble(e -> (double) e.getValue().stream()
                                        .filter(Message::opened)
                                        .count()
                                / e.getValue().size())
                        .thenComparingInt(e -> e.getValue().size())
                        .thenComparing(Map.Entry.<String, List<Message>>comparingByKey()
                                .reversed()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static @Nullable BigDecimal favouriteHour(List<Order> orders, @Nullable String timeZone) {
        ZoneId zone = ZoneId.of("Asia/Omsk".equals(timeZone) ? "Asia/Omsk" : "Europe/Moscow");
        Map<Integer, Long> hours = orders.stream()
                .collect(Collectors.groupingBy(o -> o.at().atZone(zone).getHour(), Collectors.counting()));
        return hours.entrySet().stream()
                .max(Map.Entry.<Integer, Long>comparingByValue()
                        .thenComparing(Map.Entry.<Integer, Long>comparingByKey().reversed()))
                .map(hour -> BigDecimal.valueOf(hour.getKey()))
                .orElse(null);
    }

    /** As many as were sent after the newest that was opened; of those sent at the same microsecond none is newer. */
    private static long unanswered(List<Message> received) {
        Instant answered = received.stream()
                .filter(Message::opened)
                .map(Message::sentAt)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        return received.stream().filter(m -> m.sentAt().isAfter(answered)).count();
    }

    private boolean orders(Rule.Orders rule, List<Order> orders) {
        List<Order> inside =
                orders.stream().filter(o -> inside(rule.effective(), o.at())).toList();
        BigDecimal actual =
                rule.aggregate() == Rule.OrdersAggregate.COUNT ? BigDecimal.valueOf(inside.size()) : sum(inside);
        return compare(actual, rule.op(), rule.value());
    }

    private boolean products(Rule.Products rule, List<Order> orders) {
        Set<String> skus = new HashSet<>(rule.skus() == null ? List.of() : rule.skus());
        Set<String> categories = new HashSet<>(rule.categories() == null ? List.of() : rule.categories());
        if (rule.relatedTo() != null) {
            skus.addAll(rule.relatedTo());
            rule.relatedTo().forEach(sku -> categories.addAll(categoriesOfSkus.getOrDefault(sku, Set.of())));
        }
        long found = 0;
        long quantity = 0;
        long kopecks = 0;
        for (Order order : orders) {
            if (inside(rule.effective(), order.at())) {
                List<Line> fitting = order.lines().stream()
                        .filter(l -> skus.contains(l.sku()) || categories.contains(String.valueOf(l.category())))
                        .toList();
                found += fitting.isEmpty() ? 0 : 1;
                quantity += fitting.stream().mapToLong(Line::quantity).sum();
                kopecks += fitting.stream().mapToLong(Line::kopecks).sum();
            }
        }
        BigDecimal actual = switch (rule.aggregate()) {
            case ORDERS -> BigDecimal.valueOf(found);
            case QUANTITY -> BigDecimal.valueOf(quantity);
            case AMOUNT -> BigDecimal.valueOf(kopecks, 2);
        };
        return compare(actual, rule.op(), rule.value());
    }

    private boolean messages(Rule.Messages rule, List<Message> received) {
        List<Message> considered = received.stream()
                .filter(m -> rule.channel() == null || m.channel().equals(rule.channel()))
                .filter(m -> inside(rule.effective(), m.sentAt()))
                .limit(rule.last() == null ? Long.MAX_VALUE : rule.last())
                .toList();
        long actual = switch (rule.event()) {
            case SENT -> considered.size();
            case OPENED -> considered.stream().filter(Message::opened).count();
            case CLICKED ->
                considered.stream().filter(m -> m.clickedAt() != null).count();
        };
        return compare(BigDecimal.valueOf(actual), rule.op(), rule.value());
    }

    private boolean inside(Window window, Instant at) {
        if (window.lastHours() != null) {
            return Duration.between(at, now).compareTo(Duration.ofHours(window.lastHours())) < 0;
        }
        if (window.lastDays() != null) {
            return daysSince(at) < window.lastDays();
        }
        ZoneId zone = ZoneId.of(window.timeZone() == null ? "UTC" : window.timeZone());
        if (window.lastMonths() != null) {
            return at.isAfter(now.atZone(zone).minusMonths(window.lastMonths()).toInstant());
        }
        if (window.period() != null) {
            int ago = window.periodsAgo() == null ? 0 : window.periodsAgo();
            return period(window.period(), at.atZone(zone).toLocalDate())
                    == period(window.period(), now.atZone(zone).toLocalDate()) - ago;
        }
        return (window.from() == null || !at.isBefore(window.from()))
                && (window.before() == null || at.isBefore(window.before()));
    }

    /** The number of the period that a day is in, since some beginning. */
    private static long period(CalendarPeriod period, LocalDate day) {
        return switch (period) {
            case DAY -> day.toEpochDay();
            // The first day of the count was a Thursday.
            case WEEK -> Math.floorDiv(day.toEpochDay() + 3, 7);
            case MONTH -> day.getYear() * 12L + day.getMonthValue();
            case QUARTER -> day.getYear() * 4L + (day.getMonthValue() - 1) / 3;
            case YEAR -> day.getYear();
        };
    }

    private boolean rfmCell(Rule.InRfmCell rule, List<Order> orders) {
        if (orders.isEmpty()) {
            return false;
        }
        List<Instant> times = orders.stream().map(Order::at).sorted().toList();
        return rule.in()
                .contains(RfmTwin.cellOf(
                        rfm,
                        now,
                        orders.size(),
                        sum(orders).movePointRight(2).longValueExact(),
                        times.getFirst(),
                        times.getLast()));
    }

    private long daysSince(Instant at) {
        return Math.max(0, Duration.between(at, now).toDays());
    }

    private static BigDecimal sum(List<Order> orders) {
        return BigDecimal.valueOf(orders.stream().mapToLong(Order::kopecks).sum(), 2);
    }

    private static boolean compare(BigDecimal actual, Comparison op, BigDecimal value) {
        int order = actual.compareTo(value);
        return switch (op) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case GREATER -> order > 0;
        };
    }
}
