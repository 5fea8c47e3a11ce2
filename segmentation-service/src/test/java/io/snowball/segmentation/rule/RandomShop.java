package io.snowball.segmentation.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.snowball.segmentation.cluster.ClusterLevel;
import io.snowball.segmentation.fact.FactFixtures;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Customers, orders and messages whose times lie on window edges more often than not; small numbers, so that comparisons meet. */
final class RandomShop {
    /** Half an hour of summer time, midnight that comes twice, and two that change on different days. */
    static final String[] ZONES = {
        "UTC", "Europe/Moscow", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Havana"
    };

    record Customer(
            UUID id,
            Instant registeredAt,
            boolean hasEmail,
            boolean hasPhone,
            @Nullable String source,
            @Nullable String sex,
            @Nullable String language,
            @Nullable String timeZone,
            Map<String, String> details,
            @Nullable Integer birthYear,
            List<Integer> childBirthYears,
            Map<String, Object> attributes,
            List<Order> orders,
            List<Message> messages,
            List<Event> events,
            List<Answer> answers,
            @Nullable Predicted predicted) {}

    /** @param cluster of recency, frequency and bill; null where none was found */
    record Predicted(
            double alive,
            double purchases,
            @Nullable Long forecast,
            long potential,
            @Nullable List<ClusterLevel> cluster) {}

    record Answer(UUID id, String kind, BigDecimal score, Instant at) {}

    record Event(UUID id, String type, Instant at, Map<String, Object> properties) {
        private void write(ObjectNode json) {
            RandomShop.write(properties, json);
        }
    }

    private static void write(Map<String, Object> properties, ObjectNode json) {
        properties.forEach((name, value) -> {
            switch (value) {
                case Boolean flag -> json.put(name, flag);
                case BigDecimal number -> json.put(name, number);
                default -> json.put(name, value.toString());
            }
        });
    }

    record Order(UUID id, Instant at, String status, long kopecks, List<Line> lines) {
        boolean counts() {
            return !status.equals("CANCELLED") && !status.equals("RETURNED");
        }
    }

    record Line(String sku, @Nullable String category, int quantity, long kopecks) {}

    record Message(
            UUID id,
            String channel,
            Instant sentAt,
            @Nullable Instant openedAt,
            @Nullable Instant clickedAt,
            boolean bounced) {
        boolean opened() {
            return openedAt != null || clickedAt != null;
        }
    }

    private final Random random;
    private final Instant now;

    RandomShop(Random random, Instant now) {
        this.random = random;
        this.now = now;
    }

    List<Customer> customers(int count) {
        List<Customer> customers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            customers.add(new Customer(
                    Ids.next(),
                    time(),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    text("website", "shop", "tilda"),
                    text("FEMALE", "MALE"),
                    text("ru", "en"),
                    text("Europe/Moscow", "Asia/Omsk", "Nowhere/Land"),
                    details(),
                    random.nextBoolean() ? null : 1990 + random.nextInt(4),
                    random.ints(random.nextInt(3), 2018, 2022).boxed().toList(),
                    properties(),
                    orders(),
                    messages(),
                    events(),
                    answers(),
                    random.nextInt(4) == 0 ? null : predicted()));
        }
        return customers;
    }

    private List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (int e = random.nextInt(6); e > 0; e--) {
            events.add(new Event(Ids.next(), pick("VIEWED", "ADDED_TO_CART"), time(), properties()));
        }
        return events;
    }

    private Predicted predicted() {
        return new Predicted(
                random.nextInt(5) / 4.0,
                random.nextInt(4) / 2.0,
                random.nextInt(4) == 0 ? null : random.nextInt(6) * 100L,
                random.nextInt(6) * 100L,
                random.nextInt(4) == 0 ? null : List.of(level(), level(), level()));
    }

    ClusterLevel level() {
        return pick(ClusterLevel.values());
    }

    private List<Answer> answers() {
        List<Answer> answers = new ArrayList<>();
        for (int a = random.nextInt(5); a > 0; a--) {
            String kind = pick("NPS", "NPS", "CSAT", "CES", "CLI");
            BigDecimal score =
                    kind.equals("CLI") ? new BigDecimal("3.6667") : BigDecimal.valueOf(1 + random.nextInt(5));
            answers.add(new Answer(Ids.next(), kind, score, time()));
        }
        return answers;
    }

    /** By their place in what the feed tells. */
    private Map<String, String> details() {
        Map<String, String> details = new TreeMap<>();
        for (String name :
                List.of("region", "preferredChannel", "utm.source", "utm.medium", "device.type", "device.os")) {
            if (random.nextBoolean()) {
                details.put(name, pick("website", "shop", "MALE", "ru"));
            }
        }
        return details;
    }

    /** Of every type under every name: a rule that declares another type than an event has must pass it over. */
    private Map<String, Object> properties() {
        Map<String, Object> properties = new TreeMap<>();
        for (int p = random.nextInt(4); p > 0; p--) {
            properties.put(
                    property(),
                    switch (random.nextInt(5)) {
                        case 0 -> random.nextBoolean();
                        case 1 -> BigDecimal.valueOf(random.nextInt(5) - 1);
                        case 2 -> BigDecimal.valueOf(random.nextInt(5) * 25L - 25, 2);
                        case 3 ->
                            pick(
                                    "shoes",
                                    "hats",
                                    "true",
                                    "1",
                                    "infinity",
                                    "now",
                                    "2026-13-45T00:00:00Z",
                                    "2026-02-30",
                                    "2026-03-29",
                                    "'); --");
                        default ->
                            time().atZone(ZoneId.of(pick(ZONES)))
                                    .toOffsetDateTime()
                                    .toString();
                    });
        }
        return properties;
    }

    String property() {
        return pick("category", "price", "it's \"$1\" %s");
    }

    private List<Order> orders() {
        List<Order> orders = new ArrayList<>();
        int n = random.nextInt(4) == 0 ? 0 : random.nextInt(7);
        for (int o = 0; o < n; o++) {
            orders.add(new Order(
                    Ids.next(),
                    time(),
                    pick("PAID", "PAID", "CREATED", "CANCELLED", "RETURNED"),
                    random.nextInt(6) * 100L + random.nextInt(3),
                    lines()));
        }
        return orders;
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (int l = random.nextInt(3); l > 0; l--) {
            lines.add(new Line(
                    pick("S1", "S2", "S3", "S4"),
                    text("shoes", "hats", "gloves"),
                    1 + random.nextInt(3),
                    random.nextInt(4) * 100L));
        }
        return lines;
    }

    private List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        int n = random.nextInt(3) == 0 ? 0 : random.nextInt(8);
        for (int m = 0; m < n; m++) {
            Instant sent = time();
            Instant opened = random.nextInt(3) == 0 ? null : sent.plusSeconds(random.nextInt(1000));
            messages.add(new Message(
                    Ids.next(),
                    pick("EMAIL", "EMAIL", "SMS"),
                    sent,
                    opened,
                    random.nextInt(4) == 0 ? sent.plusSeconds(1000) : null,
                    random.nextInt(8) == 0));
        }
        return messages;
    }

    Instant time() {
        ZoneId zone = ZoneId.of(pick(ZONES));
        LocalDate today = now.atZone(zone).toLocalDate();
        Instant base = switch (random.nextInt(8)) {
            case 0 -> now.atZone(ZoneOffset.UTC).minusMonths(random.nextInt(6)).toInstant();
            case 1 -> now.atZone(zone).minusMonths(random.nextInt(6)).toInstant();
            case 2 ->
                today.withDayOfMonth(1)
                        .minusMonths(random.nextInt(5))
                        .atStartOfDay(zone)
                        .toInstant();
            case 3 -> today.minusDays(random.nextInt(12)).atStartOfDay(zone).toInstant();
            case 4 -> now.minus(Duration.ofHours(random.nextInt(40)));
            default -> now.minus(Duration.ofDays(random.nextInt(12) * (random.nextInt(3) == 0 ? 20L : 1L)));
        };
        return base.plusNanos(1000L * (random.nextInt(3) - 1));
    }

    @SafeVarargs
    final <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    private @Nullable String text(String... values) {
        return random.nextInt(4) == 0 ? null : pick(values);
    }

    static List<FeedEvent> customerEvents(List<Customer> customers) {
        List<FeedEvent> events = new ArrayList<>();
        for (Customer c : customers) {
            ObjectNode data = JsonNodeFactory.instance
                    .objectNode()
                    .put("customerId", c.id().toString())
                    .put("registeredAt", c.registeredAt().toString())
                    .put("hasEmail", c.hasEmail())
                    .put("hasPhone", c.hasPhone())
                    .put("source", c.source())
                    .put("sex", c.sex())
                    .put("language", c.language())
                    .put("timeZone", c.timeZone());
            c.details().forEach((name, value) -> {
                String[] path = name.split("\\.");
                (path.length == 1 ? data : data.withObjectProperty(path[0])).put(path[path.length - 1], value);
            });
            data.put("birthYear", c.birthYear());
            c.childBirthYears().forEach(data.putArray("childBirthYears")::add);
            write(c.attributes(), data.putObject("attributes"));
            events.add(FactFixtures.event("customer.changed", c.id(), data));
            c.orders().forEach(o -> events.add(event(c, o)));
            c.answers()
                    .forEach(a -> events.add(FactFixtures.answer(
                            a.id(), c.id(), a.kind(), a.score().toString(), a.at())));
            c.events().forEach(e -> events.add(FactFixtures.done(e.id(), c.id(), e.type(), e.at(), e::write)));
        }
        return events;
    }

    private static FeedEvent event(Customer customer, Order order) {
        FeedEvent event = FactFixtures.order(order.id(), customer.id(), order.at(), order.status(), order.kopecks(), 1);
        order.lines()
                .forEach(line -> ((ObjectNode) event.data())
                        .withArray("lines")
                        .addObject()
                        .put("sku", line.sku())
                        .put("category", line.category())
                        .put("quantity", line.quantity())
                        .put("amount", line.kopecks()));
        return event;
    }

    static List<FeedEvent> campaignEvents(List<Customer> customers) {
        List<FeedEvent> events = new ArrayList<>();
        for (Customer c : customers) {
            for (Message m : c.messages()) {
                if (m.clickedAt() != null) {
                    events.add(FactFixtures.message(m.id(), c.id(), m.channel(), "CLICKED", m.clickedAt()));
                }
                events.add(FactFixtures.message(m.id(), c.id(), m.channel(), "SENT", m.sentAt()));
                if (m.openedAt() != null) {
                    events.add(FactFixtures.message(m.id(), c.id(), m.channel(), "OPENED", m.openedAt()));
                }
                if (m.bounced()) {
                    events.add(FactFixtures.message(m.id(), c.id(), m.channel(), "BOUNCED", m.sentAt()));
                }
            }
        }
        return events;
    }
}
