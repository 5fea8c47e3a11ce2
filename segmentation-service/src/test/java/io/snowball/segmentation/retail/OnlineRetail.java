package io.snowball.segmentation.retail;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.fact.FactFixtures;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The book as facts, told once per run of the module: 2010-12-01 to 2011-12-09 belongs to it, no other test orders then. */
@ApplicationScoped
public class OnlineRetail {
    /* language=PostgreSQL */
    private static final String STRANGERS = """
            select array_agg(o.amount order by o.ordered_at) filter (where o.order_id is not null) as amounts,
              array_agg(o.ordered_at order by o.ordered_at) filter (where o.order_id is not null) as times
            from customer_fact c
            left join order_fact o on o.customer_id = c.customer_id and o.counts and o.ordered_at < $1
            where c.source is distinct from 'online-retail'
            group by c.customer_id
            having count(o.order_id) > 0 or c.registered_at < $1
            """;

    private final FactFixtures facts;
    private final Pool pool;
    private boolean loaded;

    OnlineRetail(FactFixtures facts, Pool pool) {
        this.facts = facts;
        this.pool = pool;
    }

    public record Order(Instant at, long pence) {}

    /** Other tests' customers that are known by the end of a day: their orders up to then. */
    public List<List<Order>> strangers(String day) {
        List<List<Order>> strangers = new ArrayList<>();
        OffsetDateTime end = LocalDate.parse(day).plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC);
        for (Row row :
                pool.preparedQuery(STRANGERS).execute(Tuple.of(end)).await().indefinitely()) {
            Long[] amounts = row.getArrayOfLongs("amounts");
            List<Order> orders = new ArrayList<>();
            for (int i = 0; amounts != null && i < amounts.length; i++) {
                orders.add(new Order(row.getArrayOfOffsetDateTimes("times")[i].toInstant(), amounts[i]));
            }
            strangers.add(orders);
        }
        return strangers;
    }

    public synchronized void load() {
        if (!loaded) {
            loaded = true;
            facts.apply(events());
        }
    }

    private static List<FeedEvent> events() {
        List<FeedEvent> events = new ArrayList<>();
        for (RetailBook.Buyer buyer : RetailBook.buyers()) {
            events.add(FactFixtures.customer(buyer.id(), buyer.first().at(), "online-retail"));
            for (RetailBook.Invoice invoice : buyer.invoices()) {
                events.add(event(buyer, invoice));
            }
        }
        return events;
    }

    private static FeedEvent event(RetailBook.Buyer buyer, RetailBook.Invoice invoice) {
        FeedEvent event = FactFixtures.order(invoice.id(), buyer.id(), invoice.at(), "PAID", invoice.pence(), 1);
        ArrayNode lines = ((ObjectNode) event.data()).putArray("lines");
        for (RetailBook.Item item : invoice.items()) {
            lines.addObject()
                    .put("sku", item.sku())
                    .put("quantity", item.quantity())
                    .put("amount", item.pence());
        }
        return event;
    }

    /** A report as an analyst gets it. */
    public static JsonPath report(String report) {
        return answer(report)
                .statusCode(200)
                .extract()
                .jsonPath(
                        JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.BIG_DECIMAL));
    }

    public static String csv(String report) {
        return answer(report).statusCode(200).extract().asString();
    }

    public static ValidatableResponse answer(String report) {
        return TestTokens.as(Roles.ANALYST).get("/api/v1/reports/" + report).then();
    }

    public static BigDecimal decimal(JsonPath report, String path) {
        return new BigDecimal(report.getString(path));
    }
}
