package io.snowball.segmentation.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.snowball.segmentation.fact.FactFixtures;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Customers and orders whose times lie on window edges more often than not; small numbers, so that comparisons meet. */
final class RandomShop {
    record Customer(
            UUID id,
            Instant registeredAt,
            boolean hasEmail,
            boolean hasPhone,
            @Nullable String source,
            @Nullable String sex,
            @Nullable String language,
            @Nullable String timeZone,
            List<Order> orders) {}

    record Order(UUID id, Instant at, String status, long kopecks) {}

    private final Random random;
    private final Instant now;

    RandomShop(Random random, Instant now) {
        this.random = random;
        this.now = now;
    }

    List<Customer> customers(int count) {
        List<Customer> customers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Order> orders = new ArrayList<>();
            int n = random.nextInt(4) == 0 ? 0 : random.nextInt(7);
            for (int o = 0; o < n; o++) {
                orders.add(new Order(
                        Ids.next(),
                        time(),
                        pick("PAID", "PAID", "CREATED", "CANCELLED", "RETURNED"),
                        random.nextInt(6) * 100L + random.nextInt(3)));
            }
            customers.add(new Customer(
                    Ids.next(),
                    time(),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    text("website", "shop", "tilda"),
                    text("FEMALE", "MALE"),
                    text("ru", "en"),
                    text("Europe/Moscow", "Asia/Omsk"),
                    orders));
        }
        return customers;
    }

    Instant time() {
        Instant base = random.nextInt(4) == 0
                ? now.atZone(ZoneOffset.UTC).minusMonths(random.nextInt(6)).toInstant()
                : now.minus(Duration.ofDays(random.nextInt(12) * (random.nextInt(3) == 0 ? 20L : 1L)));
        return base.plusNanos(1000L * (random.nextInt(3) - 1));
    }

    @SafeVarargs
    final <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    private @Nullable String text(String... values) {
        return random.nextInt(4) == 0 ? null : pick(values);
    }

    static List<FeedEvent> events(List<Customer> customers) {
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
            events.add(FactFixtures.event("customer.changed", c.id(), data));
            c.orders().forEach(o -> events.add(FactFixtures.order(o.id(), c.id(), o.at(), o.status(), o.kopecks(), 1)));
        }
        return events;
    }
}
