package io.snowball.segmentation.fact;

import com.fasterxml.jackson.databind.JsonNode;
import io.snowball.platform.feed.FeedEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a batch of the customer feed says in the end: each customer and order once, in its newest state. */
record Facts(Collection<Customer> customers, Collection<Order> orders) {
    private static final Set<String> NOT_COUNTED = Set.of("CANCELLED", "RETURNED");

    record Customer(
            UUID id,
            Instant registeredAt,
            boolean hasEmail,
            boolean hasPhone,
            @Nullable String source,
            @Nullable String sex,
            @Nullable String language,
            @Nullable String timeZone) {}

    record Order(UUID id, UUID customerId, Instant orderedAt, boolean counts, long amount, long version) {}

    /** Types that are not for us are passed over. */
    static Facts of(List<FeedEvent> batch) {
        Map<UUID, Customer> customers = new LinkedHashMap<>();
        Map<UUID, Order> orders = new LinkedHashMap<>();
        for (FeedEvent event : batch) {
            switch (event.type()) {
                case "customer.changed" -> {
                    Customer customer = customer(event.data());
                    customers.put(customer.id(), customer);
                }
                case "order.changed" -> {
                    // The feed's order is that of transaction ids: of two changes of one order the older may come last.
                    Order order = order(event.data());
                    orders.merge(order.id(), order, (a, b) -> b.version() > a.version() ? b : a);
                }
                default -> {}
            }
        }
        return new Facts(customers.values(), orders.values());
    }

    private static Customer customer(JsonNode data) {
        return new Customer(
                UUID.fromString(data.required("customerId").asText()),
                Instant.parse(data.required("registeredAt").asText()),
                data.required("hasEmail").asBoolean(),
                data.required("hasPhone").asBoolean(),
                text(data, "source"),
                text(data, "sex"),
                text(data, "language"),
                text(data, "timeZone"));
    }

    private static Order order(JsonNode data) {
        return new Order(
                UUID.fromString(data.required("orderId").asText()),
                UUID.fromString(data.required("customerId").asText()),
                Instant.parse(data.required("orderedAt").asText()),
                !NOT_COUNTED.contains(data.required("status").asText()),
                whole(data, "amount"),
                whole(data, "version"));
    }

    private static @Nullable String text(JsonNode data, String field) {
        JsonNode value = data.get(field);
        return value == null || value.isNull() ? null : value.asText();
    }

    private static long whole(JsonNode data, String field) {
        JsonNode value = data.required(field);
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException("The feed's " + field + " must be a whole number");
        }
        return value.longValue();
    }
}
