package io.snowball.segmentation.fact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.platform.feed.FeedEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a batch of the customer feed says in the end: each customer and order once, in its newest state. */
record Facts(
        Collection<Customer> customers,
        Collection<Order> orders,
        List<Merge> merges,
        Collection<Gone> gone,
        Collection<Done> done,
        Collection<Answer> answers,
        Collection<Referral> referrals,
        Collection<Product> products) {
    private static final Set<String> FEEDBACK_KINDS = Set.of("NPS", "CSAT", "CES", "CLI");
    private static final Set<String> NOT_COUNTED = Set.of("CANCELLED", "RETURNED");

    /** @param profile as JSON: see {@link ProfileFacts} */
    record Customer(
            UUID id,
            Instant registeredAt,
            boolean hasEmail,
            boolean hasPhone,
            @Nullable String source,
            @Nullable String sex,
            @Nullable String language,
            @Nullable String timeZone,
            @Nullable String profile) {}

    /** @param undone they were two people after all */
    record Merge(UUID id, UUID from, UUID to, boolean undone) {}

    /** @param erased nothing of the person is left; false where the other of two records stays */
    record Gone(UUID id, boolean erased) {}

    record Order(
            UUID id,
            UUID customerId,
            Instant orderedAt,
            boolean counts,
            long amount,
            long returned,
            long version,
            List<Line> lines,
            Set<String> returnedSkus) {}

    record Line(
            UUID customerId,
            UUID orderId,
            int position,
            String sku,
            @Nullable String category,
            int quantity,
            long amount,
            Instant orderedAt) {}

    /**
     * What a customer did.
     *
     * @param properties as JSON, null where there are none
     */
    record Done(
            UUID id,
            UUID customerId,
            String type,
            Instant at,
            @Nullable String properties) {
        Done of(Map<UUID, UUID> owners) {
            return new Done(id, owners.getOrDefault(id, customerId), type, at, properties);
        }
    }

    /** What a customer said of the company, in the end: told again where it was changed. */
    record Answer(UUID id, UUID customerId, String kind, BigDecimal score, Instant at) {
        Answer of(Map<UUID, UUID> owners) {
            return new Answer(id, owners.getOrDefault(id, customerId), kind, score, at);
        }
    }

    /** @param state what becomes of it; all but VOID count, and REWARDED has come to an order */
    record Referral(
            UUID id,
            UUID inviterId,
            UUID invitedId,
            String state,
            Instant invitedAt,
            Instant changedAt,
            long version) {}

    /** @param replenishmentDays after so many days it is used up, where the catalogue says so */
    record Product(
            String sku, @Nullable String category, @Nullable Integer replenishmentDays, boolean active, long version) {}

    /** Types that are not for us are passed over. */
    static Facts of(List<FeedEvent> batch) {
        Map<UUID, Customer> customers = new LinkedHashMap<>();
        Map<UUID, Order> orders = new LinkedHashMap<>();
        List<Merge> merges = new ArrayList<>();
        Map<UUID, Gone> gone = new LinkedHashMap<>();
        Map<UUID, Done> done = new LinkedHashMap<>();
        Map<UUID, Answer> answers = new LinkedHashMap<>();
        Map<UUID, Referral> referrals = new LinkedHashMap<>();
        Map<String, Product> products = new LinkedHashMap<>();
        for (FeedEvent event : batch) {
            switch (event.type()) {
                case "customer.changed" -> {
                    Customer customer = customer(event.data());
                    customers.put(customer.id(), customer);
                    gone.remove(customer.id());
                }
                case "customer.merged" -> {
                    Merge merge = merge(event.data(), false);
                    customers.remove(merge.from());
                    gone.put(merge.from(), new Gone(merge.from(), false));
                    merges.add(merge);
                }
                case "customer.unmerged" -> merges.add(merge(event.data(), true));
                case "customer.erased" -> {
                    UUID id = id(event.data(), "customerId");
                    customers.remove(id);
                    gone.put(id, new Gone(id, true));
                }
                case "order.changed" -> {
                    // The feed's order is that of transaction ids: of two changes of one order the older may come last.
                    Order order = order(event.data());
                    orders.merge(order.id(), order, (a, b) -> b.version() > a.version() ? b : a);
                }
                case "event.recorded" -> {
                    Done one = done(event.data());
                    done.put(one.id(), one);
                }
                case "feedback.given" -> {
                    // A kind of tomorrow is passed over.
                    if (FEEDBACK_KINDS.contains(event.data().path("kind").asText())) {
                        Answer answer = answer(event.data());
                        answers.put(answer.id(), answer);
                    }
                }
                case "referral.changed" -> {
                    Referral referral = referral(event.data());
                    referrals.merge(referral.id(), referral, (a, b) -> b.version() > a.version() ? b : a);
                }
                case "product.changed" -> {
                    Product product = product(event.data());
                    products.merge(product.sku(), product, (a, b) -> b.version() > a.version() ? b : a);
                }
                default -> {}
            }
        }
        return new Facts(
                customers.values(),
                orders.values(),
                merges,
                gone.values(),
                done.values(),
                answers.values(),
                referrals.values(),
                products.values());
    }

    private static Customer customer(JsonNode data) {
        return new Customer(
                id(data, "customerId"),
                time(data, "registeredAt"),
                data.required("hasEmail").asBoolean(),
                data.required("hasPhone").asBoolean(),
                text(data, "source"),
                text(data, "sex"),
                text(data, "language"),
                text(data, "timeZone"),
                ProfileFacts.of(data));
    }

    private static Merge merge(JsonNode data, boolean undone) {
        return new Merge(id(data, "mergeId"), id(data, "mergedCustomerId"), id(data, "customerId"), undone);
    }

    private static Done done(JsonNode data) {
        return new Done(
                id(data, "eventId"),
                id(data, "customerId"),
                data.required("type").asText(),
                time(data, "occurredAt"),
                properties(data.path("properties")));
    }

    private static @Nullable String properties(JsonNode told) {
        ObjectNode kept = ProfileFacts.flat(told);
        return kept.isEmpty() ? null : kept.toString();
    }

    private static Answer answer(JsonNode data) {
        JsonNode score = data.required("score");
        if (!score.isNumber()) {
            throw new IllegalArgumentException("The feed's score must be a number");
        }
        return new Answer(
                id(data, "answerId"),
                id(data, "customerId"),
                data.required("kind").asText(),
                score.decimalValue(),
                time(data, "at"));
    }

    private static Referral referral(JsonNode data) {
        return new Referral(
                id(data, "referralId"),
                id(data, "customerId"),
                id(data, "invitedId"),
                data.required("state").asText(),
                time(data, "invitedAt"),
                time(data, "at"),
                whole(data, "version"));
    }

    private static Product product(JsonNode data) {
        JsonNode days = data.path("replenishmentDays");
        return new Product(
                data.required("sku").asText(),
                text(data, "category"),
                days.canConvertToInt() && days.asInt() > 0 ? days.asInt() : null,
                data.path("active").asBoolean(true),
                whole(data, "version"));
    }

    private static Order order(JsonNode data) {
        String status = data.required("status").asText();
        long amount = whole(data, "amount");
        Order order = new Order(
                id(data, "orderId"),
                id(data, "customerId"),
                time(data, "orderedAt"),
                !NOT_COUNTED.contains(status),
                amount,
                data.hasNonNull("returned") ? whole(data, "returned") : status.equals("RETURNED") ? amount : 0,
                whole(data, "version"),
                new ArrayList<>(),
                new LinkedHashSet<>());
        if (order.counts()) {
            data.path("lines").forEach(line -> addLine(order, line));
        } else if (status.equals("RETURNED")) {
            data.path("lines").forEach(line -> addReturned(order, line));
        }
        return order;
    }

    private static void addReturned(Order order, JsonNode line) {
        String sku = text(line, "sku");
        if (sku != null) {
            order.returnedSkus().add(sku);
        }
    }

    /** Tolerant: an order counts although a line of it can't be read. */
    private static void addLine(Order order, JsonNode line) {
        String sku = text(line, "sku");
        if (sku != null) {
            order.lines()
                    .add(new Line(
                            order.customerId(),
                            order.id(),
                            order.lines().size(),
                            sku,
                            text(line, "category"),
                            line.path("quantity").asInt(1),
                            line.path("amount").asLong(),
                            order.orderedAt()));
        }
    }

    static UUID id(JsonNode data, String field) {
        return UUID.fromString(data.required(field).asText());
    }

    static Instant time(JsonNode data, String field) {
        return Instant.parse(data.required(field).asText());
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
