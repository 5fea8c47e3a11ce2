package io.snowball.segmentation.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.snowball.platform.db.Params;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class RecomputationTest {
    @Inject
    FactFixtures facts;

    @Inject
    Pool pool;

    @Inject
    TestClock clock;

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    @Test
    void putsRightWhatIsNotAsTheOrdersSayAndFindsNothingAfter() {
        recompute();
        UUID wrong = facts.customer();
        facts.order(wrong, TestClock.NOON, 700);
        facts.order(wrong, TestClock.NOON, 500);
        UUID missing = facts.customer();
        facts.order(missing, TestClock.NOON, 300);
        execute("update customer_metric set revenue = 1, orders_count = 7 where customer_id = $1", wrong);
        execute("delete from customer_metric where customer_id = $1", missing);

        JsonPath first = recompute();
        assertThat(first.getLong("customersCorrected")).isEqualTo(2);
        assertThat(first.getBoolean("complete")).isTrue();
        metrics(wrong, 2, 12f);
        metrics(missing, 1, 3f);
        assertThat(recompute().getLong("customersCorrected")).isZero();
    }

    @Test
    void isForAdministrators() {
        TestTokens.as(Roles.MARKETER)
                .post("/api/v1/customer-metrics/recomputations")
                .then()
                .statusCode(403);
    }

    private static void metrics(UUID customer, int orders, float revenue) {
        TestTokens.as(Roles.SALES)
                .get("/api/v1/customer-metrics/" + customer)
                .then()
                .statusCode(200)
                .body("orders", equalTo(orders))
                .body("revenue", equalTo(revenue));
    }

    private static JsonPath recompute() {
        return TestTokens.as(Roles.ADMIN)
                .post("/api/v1/customer-metrics/recomputations")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private void execute(String sql, UUID customer) {
        pool.preparedQuery(sql).execute(Params.of(customer)).await().indefinitely();
    }
}
