package io.snowball.consent.consent;

import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.givenNow;
import static io.snowball.consent.Samples.withdrawnNow;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.consent.Samples;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class ConsentBatchTest {
    @Inject
    Pool pool;

    @Test
    void recordsWhatItCanAndSaysWhyNotOfTheRest() {
        UUID first = Ids.next();
        UUID second = Ids.next();
        String document = advertisingDocument();
        send(
                        Ids.next(),
                        givenNow(first, document),
                        givenNow(second, document).replace("marketing", "nobody-knows"),
                        withdrawnNow(second))
                .then()
                .statusCode(200)
                .body("recorded", equalTo(2))
                .body("refused", equalTo(1))
                .body("items.outcome", equalTo(List.of("RECORDED", "REFUSED", "RECORDED")))
                .body("items[0].consent.state", equalTo("GIVEN"))
                .body("items[1].refusal.type", equalTo("/problems/unknown-purpose"))
                .body("items[1].refusal.pointer", equalTo("/purpose"))
                .body("items[2].consent.state", equalTo("WITHDRAWN"));
    }

    @Test
    void takesStatementsOfOneCustomerInTheOrderSent() {
        UUID customer = Ids.next();
        String document = advertisingDocument();
        send(Ids.next(), givenNow(customer, document), withdrawnNow(customer), givenNow(customer, document))
                .then()
                .statusCode(200)
                .body("items.consent.sequence", equalTo(List.of(1, 2, 3)));
        Samples.decide("ADVERTISING", customer).then().body("decisions[0].allowed", equalTo(true));
        assertThat(Samples.announced(pool, customer))
                .as("one batch, one change of the state")
                .hasSize(1);
    }

    @Test
    void aThousandAtOnceAndTheSameAnswerWhenRepeated() {
        UUID key = Ids.next();
        String document = advertisingDocument();
        List<UUID> customers = Stream.generate(Ids::next).limit(1000).toList();
        String[] items = customers.stream().map(id -> givenNow(id, document)).toArray(String[]::new);
        Response first = send(key, items);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.<Integer>path("recorded")).isEqualTo(1000);
        assertThat(send(key, items).asString()).isEqualTo(first.asString());
        as(Roles.DPO)
                .queryParam("customerId", customers.getLast())
                .get("/api/v1/consents")
                .then()
                .body("items", hasSize(1));
        items[0] = withdrawnNow(customers.getFirst());
        send(key, items).then().statusCode(422).body("type", equalTo("/problems/idempotency-key-reused"));
    }

    @Test
    void needsAKeyAndOneToAThousandItems() {
        as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("{\"items\": [" + withdrawnNow(Ids.next()) + "]}")
                .post("/api/v1/consents/batches")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("Idempotency-Key"));
        send(Ids.next()).then().statusCode(400).body("errors[0].pointer", equalTo("/items"));
        UUID customer = Ids.next();
        String[] tooMany =
                Stream.generate(() -> withdrawnNow(customer)).limit(1001).toArray(String[]::new);
        send(Ids.next(), tooMany).then().statusCode(400);
    }

    @Test
    void aMalformedItemIsPointedAt() {
        send(Ids.next(), withdrawnNow(Ids.next()), withdrawnNow(Ids.next()).replace("\"purpose\": \"marketing\",", ""))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/items/1/purpose"));
    }

    private static Response send(UUID key, String... items) {
        return as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body("{\"items\": [" + String.join(",", items) + "]}")
                .post("/api/v1/consents/batches");
    }
}
