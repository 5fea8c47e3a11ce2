package io.snowball.customer.event;

import static io.snowball.customer.Shop.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types of events that a company declares: C17, C18. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class EventTypeTest {
    @Inject
    Shop shop;

    @Inject
    Pool pool;

    @Inject
    EventPartitionWorker partitions;

    String customerExternalId = "";
    UUID customer = Ids.next();

    @BeforeEach
    void aCustomer() {
        customerExternalId = unique("c");
        customer = Shop.customer(customerExternalId);
    }

    @Test
    void takesEventsOfADeclaredType() {
        String type = "visit_" + Ids.next().toString().substring(24);
        declare(type, "{\"fields\":[{\"name\":\"doctor\",\"type\":\"CODE\",\"required\":true}],\"retentionDays\":30}")
                .then()
                .statusCode(200)
                .body("builtIn", equalTo(false))
                .body("fields[0].required", equalTo(true));
        send(event(unique("e"), type, "{\"doctor\":\"d-7\"}")).then().body("items[0].outcome", equalTo("ACCEPTED"));
        declare(type, "{\"fields\":[{\"name\":\"doctor\",\"type\":\"NUMBER\"}],\"retentionDays\":30}")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/event-type-incompatible"));
        declare(
                        type,
                        "{\"fields\":[{\"name\":\"doctor\",\"type\":\"CODE\"},{\"name\":\"ok\",\"type\":\"BOOLEAN\"}],\"retentionDays\":31}")
                .then()
                .statusCode(200);
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/event-types?limit=200")
                .then()
                .body("items.name", hasItem(type))
                .body("items.name", hasItem("support_ticket"))
                .body("items.find { it.name == '" + type + "' }.retentionDays", equalTo(31));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"fields\":[],\"retentionDays\":0}",
                "{\"fields\":[{\"name\":\"a b\",\"type\":\"CODE\"}],\"retentionDays\":1}",
                "{\"fields\":[{\"name\":\"a\",\"type\":\"CODE\"},{\"name\":\"a\",\"type\":\"CODE\"}],\"retentionDays\":1}",
                "{\"fields\":[{\"name\":\"a\",\"type\":\"CAT\"}],\"retentionDays\":1}"
            })
    void refusesAWrongDeclaration(String body) {
        declare("wrong", body).then().statusCode(400);
    }

    @Test
    void forgetsWhatIsOlderThanItsTypeIsKept() {
        String type = "brief_" + Ids.next().toString().substring(24);
        declare(type, "{\"fields\":[],\"retentionDays\":10}").then().statusCode(200);
        String recent = Instant.now().minus(9, ChronoUnit.DAYS).toString();
        send(
                event(unique("e"), type, "{}"),
                event(unique("e"), type, "{}").replace("2026-01-02T03:04:05Z", recent),
                event(unique("e"), "registration", "{}"));
        partitions.forgetOld().await().indefinitely();
        assertThat(events(Roles.ADMIN).jsonPath().getList("items.type", String.class))
                .containsExactly(type, "registration");
    }

    @Test
    @DisplayName("Each month has a partition of its own, made before it begins; older months share one")
    void keepsMonthsApart() {
        String now = unique("e");
        String old = unique("e");
        String recent = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        send(
                        event(now, "registration", "{}").replace("2026-01-02T03:04:05Z", recent),
                        event(old, "registration", "{}").replace("2026-01-02", "2019-01-02"))
                .then()
                .statusCode(200);
        assertThat(partitionOf(now)).isEqualTo("event_" + recent.substring(0, 7).replace('-', '_'));
        assertThat(partitionOf(old)).isEqualTo("event_past");
        Clock later = Clock.fixed(Instant.parse("2051-11-30T23:00:00Z"), ZoneOffset.UTC);
        new EventPartitionWorker(pool, later).prepare().await().indefinitely();
        new EventPartitionWorker(pool, later).prepare().await().indefinitely();
        for (String month : List.of("2051_10", "2051_11", "2051_12", "2052_01")) {
            assertThat(shop.count("select count(to_regclass('event_" + month + "'))"))
                    .as(month)
                    .isEqualTo(1);
        }
    }

    private String partitionOf(String event) {
        return shop.text("select tableoid::regclass::text from event where external_id = $1", event);
    }

    private static Response declare(String name, String body) {
        return TestTokens.as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body(body)
                .put("/api/v1/event-types/" + name);
    }

    private String event(String id, String type, String properties) {
        return "{\"id\":\"%s\",\"type\":\"%s\",\"occurredAt\":\"2026-01-02T03:04:05Z\",\"customerExternalId\":\"%s\",\"properties\":%s}"
                .formatted(id, type, customerExternalId, properties);
    }

    private static Response send(String... events) {
        return TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("{\"items\":[" + String.join(",", events) + "]}")
                .post("/api/v1/events/batches");
    }

    private Response events(String role) {
        return TestTokens.as(role).get("/api/v1/customers/" + customer + "/events");
    }
}
