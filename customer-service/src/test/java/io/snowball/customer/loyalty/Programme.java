package io.snowball.customer.loyalty;

import static io.snowball.customer.Shop.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestTokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** A loyalty programme. Rules are everybody's in one application, so each test makes one that only its own orders meet. */
@ApplicationScoped
public class Programme {
    public static final String LONG_SINCE = "\"validFrom\":\"2020-01-01T00:00:00Z\"";

    private final LoyaltyWorker worker;
    private final Shop shop;

    Programme(LoyaltyWorker worker, Shop shop) {
        this.worker = worker;
        this.shop = shop;
    }

    /** Reads on until all that has been told so far was looked at. */
    public void catchUp() {
        String sql = "select tx || '-' || position as place from feed_event order by tx desc, position desc limit 1";
        String last = shop.text(sql);
        String[] place = last.split("-");
        do {
            worker.follow().await().indefinitely();
        } while (shop.count("""
                        select count(*) from feed_cursor where feed = 'loyalty'
                          and (split_part(last_event_id, '-', 1)::bigint, split_part(last_event_id, '-', 2)::bigint) >= ($1, $2)
                        """, Long.valueOf(place[0]), Long.valueOf(place[1])) == 0);
    }

    public static Response post(String path, String body, String... roles) {
        return TestTokens.as(roles.length == 0 ? new String[] {Roles.ADMIN} : roles)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", Ids.next())
                .body(body)
                .post("/api/v1/" + path);
    }

    public static Response get(String path) {
        return TestTokens.as(Roles.ADMIN).get("/api/v1/" + path);
    }

    /** @param more what else the rule says, as JSON */
    public static UUID rule(String more) {
        Response answer = post("loyalty-rules", "{\"name\":\"%s\",%s}".formatted(unique("rule"), more));
        answer.then().statusCode(201);
        return UUID.fromString(answer.jsonPath().getString("id"));
    }

    public static void end(UUID rule) {
        post("loyalty-rules/" + rule + "/ends", "{}").then().statusCode(200);
    }

    public static long available(UUID customer) {
        Response answer = get("customers/" + customer + "/points");
        answer.then().statusCode(200);
        return answer.jsonPath().getLong("available");
    }

    public static void give(UUID customer, long points) {
        post("customers/" + customer + "/points/corrections", "{\"points\":%d,\"reason\":\"test\"}".formatted(points))
                .then()
                .statusCode(200);
    }

    /** Answers our id of it. */
    public static UUID order(UUID customer, String name, String status, Instant at, String lines) {
        Response answer = Shop.send("""
                {"externalId":"%s","customerId":"%s","orderedAt":"%s","status":"%s","lines":[%s]}
                """.formatted(name, customer, at, status, lines));
        answer.then().statusCode(200);
        assertThat(answer.jsonPath().getString("items[0].outcome")).isIn("ACCEPTED", "UPDATED", "DUPLICATE");
        return UUID.fromString(answer.jsonPath().getString("items[0].orderId"));
    }

    public static String line(String sku, int quantity, int price) {
        return "{\"sku\":\"%s\",\"quantity\":%d,\"price\":%d}".formatted(sku, quantity, price);
    }

    /** The books of a customer: what is available, held, and owed by the entries, the lots and the account. */
    public void checkBooks(UUID customer) {
        assertThat(shop.count("""
                        select count(*) from points_account a where a.customer_id = $1
                          and a.available = (select coalesce(sum(l.remaining), 0) from points_lot l where l.customer_id = $1)
                          and a.available = (select coalesce(sum(case when e.to_account = 'AVAILABLE' then e.points
                                when e.from_account = 'AVAILABLE' then -e.points else 0 end), 0) from points_entry e where e.customer_id = $1)
                          and a.held = (select coalesce(sum(case when e.to_account = 'HELD' then e.points
                                when e.from_account = 'HELD' then -e.points else 0 end), 0) from points_entry e where e.customer_id = $1)
                          and a.debt = (select coalesce(sum(case when e.from_account = 'DEBT' then e.points
                                when e.to_account = 'DEBT' then -e.points else 0 end), 0) from points_entry e where e.customer_id = $1)
                        """, customer)).isEqualTo(1);
    }

    public static void redeem(UUID customer, int points, String order) {
        post(
                        "points-redemptions",
                        "{\"customerId\":\"%s\",\"points\":%d,\"orderExternalId\":\"%s\"}"
                                .formatted(customer, points, order))
                .then()
                .statusCode(201);
    }

    public static void put(String path, String body) {
        TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body(body)
                .put("/api/v1/" + path)
                .then()
                .statusCode(200);
    }

    /** By a rule, as it stands. */
    public long given(UUID rule, UUID customer) {
        return shop.count(
                "select coalesce(sum(points), 0)::bigint from loyalty_accrual where rule_id = $1 and customer_id = $2",
                rule,
                customer);
    }

    /** A product in a category of its own: a rule for the category counts no other test's orders. */
    record Goods(String category, String sku) {
        static Goods stock() {
            Goods goods = new Goods(unique("cat"), unique("sku"));
            put("product-categories/" + goods.category, "{\"name\":\"c\"}");
            TestTokens.as(Roles.ADMIN)
                    .contentType(ContentType.JSON)
                    .body("{\"items\":[{\"sku\":\"%s\",\"name\":\"p\",\"category\":\"%s\"}]}"
                            .formatted(goods.sku, goods.category))
                    .post("/api/v1/products")
                    .then()
                    .statusCode(200);
            return goods;
        }

        UUID rule(String more) {
            return Programme.rule(
                    "\"trigger\":\"PURCHASE\",%s,\"categories\":[\"%s\"],%s".formatted(LONG_SINCE, category, more));
        }
    }
}
