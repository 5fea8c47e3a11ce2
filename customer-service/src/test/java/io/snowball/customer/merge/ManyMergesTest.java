package io.snowball.customer.merge;

import static io.snowball.customer.Shop.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Merges at the same time: G5. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ManyMergesTest {
    @Inject
    Shop shop;

    @Test
    @DisplayName(
            "Exact after 1,000 concurrent merges while orders and events come in, and after 250 of them are undone")
    void losesNothingInAThousandConcurrentMerges() throws Exception {
        int people = 1001;
        List<String> names =
                IntStream.range(0, people).mapToObj(i -> unique("c")).toList();
        List<UUID> ids = names.stream().map(Shop::customer).toList();
        sendAll(names, 1);
        Random random = new Random(7);
        List<Callable<Response>> work = new ArrayList<>();
        for (int i = 1; i < people; i++) {
            UUID stays = ids.get(random.nextInt(i));
            UUID goes = ids.get(i);
            work.add(() -> merge(stays, goes));
        }
        Collections.shuffle(work, random);
        for (int batch = 0; batch < 10; batch++) {
            List<String> some = names.subList(batch * 100, batch * 100 + 100);
            work.add(random.nextInt(work.size()), () -> sendAll(some, 2));
            work.add(random.nextInt(work.size()), () -> sendEvents(some));
        }
        List<String> merges = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(12)) {
            for (var done : threads.invokeAll(work)) {
                Response answer = done.resultNow();
                if (answer.statusCode() == 201) {
                    merges.add(answer.jsonPath().getString("id"));
                } else {
                    answer.then().statusCode(200).body("items.findAll { it.outcome != 'ACCEPTED' }", hasSize(0));
                }
            }
        }
        UUID root = ids.getFirst();
        assertThat(merges).hasSize(1000);
        UUID[] all = ids.toArray(UUID[]::new);
        assertThat(shop.count("select count(*) from customer where id = any($1)", (Object) all))
                .isEqualTo(1);
        assertThat(shop.count("select count(*) from customer_alias where customer_id = $1", root))
                .isEqualTo(1000);
        assertThat(shop.count("select count(*) from identity where customer_id = $1", root))
                .isEqualTo(1001);
        assertThat(shop.count("select count(*) from orders where customer_id = $1", root))
                .isEqualTo(2001);
        assertThat(shop.count("select count(*) from event where customer_id = $1", root))
                .isEqualTo(1000);
        assertThat(shop.count("select sum(amount)::bigint from orders where customer_id = $1", root))
                .isEqualTo(100 * (1001 + 2000));
        assertThat(toldTo(root)).isEqualTo(2001);

        // Ids of merges sort by the order in which they were done; the last one has to be undone first.
        Collections.sort(merges, Collections.reverseOrder());
        for (String merge : merges.subList(0, 250)) {
            undo(merge).then().statusCode(200);
        }
        assertThat(shop.count("select count(*) from customer where id = any($1)", (Object) all))
                .isEqualTo(251);
        assertThat(shop.count("select count(*) from customer_alias where customer_id = any($1)", (Object) all))
                .isEqualTo(750);
        // Every first order is still, or again, with whoever has the external id that it was sent with.
        assertThat(shop.count("""
                        select count(*) from orders o join identity i on i.customer_id = o.customer_id and i.kind = 'EXTERNAL_ID'
                        where o.external_id = i.key || '-1' and o.customer_id = any($1)
                        """, (Object) all)).isEqualTo(1001);
    }

    /** Who follows the feed knows of as many orders of this customer: of each its latest version. */
    private long toldTo(UUID customer) {
        return shop.count("""
                select count(*) from (
                  select distinct on (data ->> 'orderId') data ->> 'customerId' as customer
                  from feed_event where type = 'order.changed'
                  order by data ->> 'orderId', (data ->> 'version')::int desc) latest
                where customer = $1::uuid::text
                """, customer);
    }

    private static Response sendAll(List<String> names, int round) {
        List<String> orders = names.stream()
                .map(name -> order("\"customerExternalId\":\"" + name + "\"", name + "-" + round, round))
                .toList();
        Shop.send(orders.subList(0, orders.size() / 2).toArray(String[]::new))
                .then()
                .statusCode(200);
        return Shop.send(orders.subList(orders.size() / 2, orders.size()).toArray(String[]::new));
    }

    private static Response sendEvents(List<String> names) {
        String events = names.stream().map(name -> """
                        {"id":"%1$s","type":"support_ticket","occurredAt":"2026-01-02T03:04:05Z","customerExternalId":"%1$s"}
                        """.formatted(name)).collect(Collectors.joining(","));
        return TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("{\"items\":[" + events + "]}")
                .post("/api/v1/events/batches");
    }

    private static String order(String customer, String name, int price) {
        return """
                {"externalId":"%s",%s,"orderedAt":"2026-01-02T03:04:05Z","lines":[{"sku":"a","quantity":1,"price":%d}]}
                """.formatted(name, customer, price);
    }

    private static Response merge(UUID stays, UUID goes) {
        return TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"customerId\":\"%s\",\"mergedCustomerId\":\"%s\"}".formatted(stays, goes))
                .post("/api/v1/merges");
    }

    private static Response undo(String merge) {
        return TestTokens.as(Roles.ADMIN).post("/api/v1/merges/" + merge + "/unmerges");
    }
}
