package io.snowball.customer.merge;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.Shop.uniqueEmail;
import static io.snowball.customer.Shop.uniquePhone;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.customer.loyalty.Programme;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Whatever is merged in whatever order: nothing is lost or doubled, and undone in any order all are who they were (G5). */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class MergePropertyTest {
    private static final int PEOPLE = 6;

    @Inject
    Shop shop;

    @Inject
    Pool pool;

    @RepeatedTest(12)
    @DisplayName("G5: merged and unmerged at random, six people are as they were, with all that is theirs")
    void g05UndoneInAnyOrderAllIsAsItWas(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<String> phones = List.of(uniquePhone(), uniquePhone());
        List<UUID> people =
                IntStream.range(0, PEOPLE).mapToObj(_ -> person(random, phones)).toList();
        List<String> before = people.stream().map(this::all).toList();
        long orders = holdings(people, "orders");
        long events = holdings(people, "event");
        long points = points(people);

        List<String> merges = new ArrayList<>();
        for (int i = 0; i < 3 + random.nextInt(PEOPLE - 2); i++) {
            Response merge = merge(people.get(random.nextInt(PEOPLE)), people.get(random.nextInt(PEOPLE)));
            if (merge.statusCode() == 201) {
                merges.add(merge.path("id"));
            } else {
                merge.then().statusCode(409);
            }
            assertThat(holdings(people, "orders")).isEqualTo(orders);
            assertThat(holdings(people, "event")).isEqualTo(events);
            assertThat(points(people)).isEqualTo(points);
        }
        assertThat(shop.count("select count(*) from customer where id = any($1)", (Object) people.toArray(UUID[]::new)))
                .isEqualTo(PEOPLE - merges.size());

        while (!merges.isEmpty()) {
            String merge = merges.get(random.nextInt(merges.size()));
            // Who stayed may have been merged on: then that has to be undone before.
            if (undo(merge).statusCode() == 200) {
                merges.remove(merge);
            }
        }
        assertThat(people.stream().map(this::all)).containsExactlyElementsOf(before);
        assertThat(points(people)).isEqualTo(points);
    }

    /** The orders are older than any rule of any test that gives points for them. */
    private UUID person(Random random, List<String> phones) {
        String name = unique("c");
        StringBuilder json = new StringBuilder("{\"externalId\":\"" + name + "\"");
        maybe(random, json, "\"firstName\":\"Имя " + random.nextInt(3) + "\"");
        maybe(random, json, "\"lastName\":\"Фамилия " + random.nextInt(3) + "\"");
        maybe(random, json, "\"sex\":\"" + (random.nextBoolean() ? "FEMALE" : "MALE") + "\"");
        maybe(random, json, "\"birthday\":\"19" + (50 + random.nextInt(40)) + "-05-17\"");
        maybe(random, json, "\"email\":\"" + uniqueEmail() + "\"");
        maybe(random, json, "\"phone\":\"" + phones.get(random.nextInt(2)) + "\"");
        maybe(random, json, "\"address\":{\"city\":\"Город " + random.nextInt(3) + "\"}");
        maybe(random, json, "\"socialAccounts\":[\"https://vk.com/" + random.nextInt(3) + "\"]");
        UUID id = UUID.fromString(Shop.tell(json + "}").jsonPath().getString("id"));
        for (int i = 0; i < random.nextInt(3); i++) {
            Shop.send("""
                            {"externalId":"%s","customerId":"%s","orderedAt":"2015-01-02T03:04:05Z","lines":[{"sku":"a","quantity":1,"price":1}]}
                            """.formatted(unique("o"), id)).then().statusCode(200);
            TestTokens.as(Roles.PARTNER)
                    .contentType(ContentType.JSON)
                    .body(
                            "{\"items\":[{\"id\":\"%s\",\"type\":\"support_ticket\",\"occurredAt\":\"2026-01-02T03:04:05Z\",\"customerId\":\"%s\"}]}"
                                    .formatted(unique("e"), id))
                    .post("/api/v1/events/batches")
                    .then()
                    .statusCode(200);
        }
        if (random.nextBoolean()) {
            Programme.give(id, 1 + random.nextInt(100));
        }
        return id;
    }

    private static void maybe(Random random, StringBuilder json, String field) {
        if (random.nextBoolean()) {
            json.append(',').append(field);
        }
    }

    /** All that is known and held under this id, as one text; what counts the writing of it is left out. */
    private String all(UUID id) {
        String profile = TestTokens.as(Roles.ADMIN)
                .get("/api/v1/customers/" + id)
                .asString()
                .replaceAll("\"version\":\\d+,?", "");
        return profile
                + lines(
                        "select i.kind || i.system || i.key || i.value || i.main as line from identity i where i.customer_id = $1",
                        id)
                + lines("select o.external_id as line from orders o where o.customer_id = $1", id)
                + lines("select e.external_id as line from event e where e.customer_id = $1", id)
                + " " + Programme.available(id);
    }

    private List<String> lines(String query, UUID id) {
        return pool.preparedQuery(query + " order by 1")
                .execute(Params.of(id))
                .map(rows -> Rows.list(rows, row -> row.getString("line")))
                .await()
                .indefinitely();
    }

    private long holdings(List<UUID> people, String table) {
        return shop.count(
                "select count(*) from " + table + " where customer_id = any($1)", (Object) people.toArray(UUID[]::new));
    }

    private long points(List<UUID> people) {
        return shop.count(
                "select coalesce(sum(available), 0)::bigint from points_account where customer_id = any($1)",
                (Object) people.toArray(UUID[]::new));
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
