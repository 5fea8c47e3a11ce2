package io.snowball.customer.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Answers are kept for 30 days, to be repeated; an erasure does not wait for that (r27). */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class KeptAnswerTest {
    @Inject
    Shop shop;

    private final String marker = "zz" + Ids.next().toString().replace("-", "").substring(8);

    @Test
    @DisplayName("r27: kept answers about deals, appointments, points, codes and merges go with the person")
    void r27ForgetsTheAnswersThatItKept() {
        UUID person = customer("a");
        UUID twin = customer("b");
        UUID deal = Ids.next();
        String body = deal(person);
        created("deals", deal, body);
        created("deals", deal, body);
        created("appointments", """
                {"customerId":"%s","details":{"participant":"CLIENT","title":"%s","startsAt":"2027-01-14T07:00:00Z",
                 "endsAt":"2027-01-14T08:00:00Z","timeZone":"Asia/Omsk","address":"%s"}}
                """.formatted(person, marker, marker));
        created("merges", "{\"customerId\":\"%s\",\"mergedCustomerId\":\"%s\"}".formatted(person, twin));
        post(
                        "customers/" + person + "/points/corrections",
                        Ids.next(),
                        "{\"points\":50,\"reason\":\"%s\"}".formatted(marker))
                .then()
                .statusCode(200);
        String redemption = created("points-redemptions", """
                {"customerId":"%s","points":20,"orderExternalId":"%s","holdSeconds":60}
                """.formatted(person, Shop.unique("o")))
                .path("id");
        post("points-redemptions/" + redemption + "/captures", Ids.next(), "{}")
                .then()
                .statusCode(200);
        created("referral-codes", "{\"customerId\":\"%s\",\"code\":\"%s\"}".formatted(person, code()));
        assertThat(shop.tablesWith(marker)).contains("idempotency_key", "deal", "appointment");

        TestTokens.as(Roles.DPO)
                .get("/api/v1/personal-data/" + person)
                .then()
                .statusCode(200)
                .body(
                        "categories.find { it.category == 'KEPT_ANSWERS' }.rows.operation",
                        hasItems("createDeal", "createAppointment", "createMerge", "capturePoints"));
        erase(twin);
        assertThat(shop.tablesWith(marker)).isEmpty();
        assertThat(shop.tablesWith(code())).isEmpty();
        // What is left says that there was somebody: the record of the erasure, the log of accesses, and the feed.
        for (UUID id : new UUID[] {person, twin}) {
            assertThat(shop.tablesWith(id.toString())).isSubsetOf("erasure", "access_outbox", "feed_event");
        }
        post("deals", deal, body).then().statusCode(400).body("errors[0].detail", equalTo("There is no such customer"));
    }

    @Test
    @DisplayName("r27: an answer about two goes when either of them goes; others stay to be repeated")
    void r27ForgetsAnAnswerAboutTwo() {
        UUID inviter = customer("a");
        UUID invited = customer("b");
        created("referral-codes", "{\"customerId\":\"%s\",\"code\":\"%s\"}".formatted(inviter, code()));
        UUID key = Ids.next();
        created("referrals", key, "{\"customerId\":\"%s\",\"code\":\"%s\"}".formatted(invited, code()));
        UUID theirs = Ids.next();
        String id = created("deals", theirs, deal(invited)).path("id");
        erase(inviter);
        assertThat(shop.tablesWith(code())).isEmpty();
        assertThat(shop.count("select count(*) from idempotency_key where key = $1", key))
                .isZero();
        assertThat(shop.count("select count(*) from deal where id = $1", UUID.fromString(id)))
                .isEqualTo(1);
        assertThat(shop.text("select response from idempotency_key where key = $1", theirs))
                .contains(id);
    }

    private UUID customer(String suffix) {
        Response answer = post("customers", Ids.next(), """
                {"externalId":"%1$s%2$s","firstName":"%1$s"}
                """.formatted(marker, suffix));
        answer.then().statusCode(201);
        return UUID.fromString(answer.path("id"));
    }

    private String deal(UUID customer) {
        String pipeline = created("pipelines", """
                {"name":"%s","stages":[{"name":"a","kind":"OPEN"},{"name":"b","kind":"WON"},{"name":"c","kind":"LOST"}]}
                """.formatted(Shop.unique("p"))).path("id");
        return "{\"customerId\":\"%s\",\"pipelineId\":\"%s\",\"title\":\"%s\"}".formatted(customer, pipeline, marker);
    }

    private String code() {
        return marker.substring(8).toUpperCase(java.util.Locale.ROOT);
    }

    private static Response created(String path, String body) {
        return created(path, Ids.next(), body);
    }

    private static Response created(String path, UUID key, String body) {
        Response answer = post(path, key, body);
        answer.then().statusCode(equalTo(201));
        return answer;
    }

    private static Response post(String path, UUID key, String body) {
        return TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/" + path);
    }

    private static void erase(UUID id) {
        TestTokens.as(Roles.DPO).delete("/api/v1/personal-data/" + id).then().statusCode(200);
    }
}
