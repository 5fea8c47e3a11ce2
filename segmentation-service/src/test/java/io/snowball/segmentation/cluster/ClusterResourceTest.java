package io.snowball.segmentation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
@DisplayName("G6: clusters with a readable description")
class ClusterResourceTest {
    private static final int EACH = 40;

    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    @Test
    void findsAndDescribesTheGroupsThatAreThere() {
        List<FeedEvent> events = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            buyer(events, 3 + i % 5, 9 + i % 3, 9_000_00 + i * 100L);
            buyer(events, 60 + i % 9, 3, 3_000_00 + i * 100L);
            buyer(events, 400 + i, 1, 500_00 + i * 100L);
        }
        facts.apply(events);

        JsonPath report = TestTokens.as(Roles.ANALYST)
                .get("/api/v1/clusters?groups=3&source=planted-shop")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(report.getLong("buyers")).isEqualTo(3 * EACH);
        assertThat(report.getList("clusters.customers", Integer.class)).containsExactly(EACH, EACH, EACH);
        assertThat(report.getList("clusters.descriptionRu", String.class))
                .containsExactly(
                        "покупали недавно, часто, средний чек высокий",
                        "покупали не очень давно, время от времени, средний чек обычный",
                        "давно не покупали, редко, средний чек низкий");
        assertThat(report.getString("clusters[0].descriptionEn"))
                .isEqualTo("bought lately, often, with a high average bill");
        assertThat(report.getInt("clusters[1].orders")).isEqualTo(3);
        assertThat(report.getDouble("explainedShare")).isGreaterThan(0.95);
    }

    private static void buyer(List<FeedEvent> events, int lastDaysAgo, int orders, long bill) {
        UUID id = Ids.next();
        events.add(FactFixtures.customer(id, TestClock.NOON.minus(Duration.ofDays(500)), "planted-shop"));
        for (int i = 0; i < orders; i++) {
            events.add(FactFixtures.order(
                    Ids.next(), id, TestClock.NOON.minus(Duration.ofDays(lastDaysAgo + 7L * i)), "PAID", bill, 1));
        }
    }

    @Test
    void saysThatThereAreTooFewBuyers() {
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/clusters?source=nobody-came-from-there")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/too-little-data"))
                .body("detail", equalTo("150 buyers are needed for 5 groups, there are 0"));
        TestTokens.as(Roles.ANALYST).get("/api/v1/clusters?groups=1").then().statusCode(400);
        TestTokens.as(Roles.SALES).get("/api/v1/clusters").then().statusCode(403);
    }
}
