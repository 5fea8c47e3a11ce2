package io.snowball.segmentation.plan;

import static io.snowball.segmentation.retail.OnlineRetail.answer;
import static io.snowball.segmentation.retail.OnlineRetail.csv;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
@DisplayName("G13, A6, A10, E9, E11: the plan by the ten steps")
class PlanTest {
    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    @Test
    void showsTenStepsInFiveStages() {
        tick("MECHANICS", "{\"doneOn\": \"2026-06-15\"}").statusCode(200);
        answer("plan")
                .statusCode(200)
                .body("steps", hasSize(10))
                .body("stages", hasSize(5))
                .body("steps.find { it.step == 'MECHANICS' }.doneOn", equalTo("2026-06-15"))
                .body("stages.find { it.stage == 'CHOOSING_CHANNELS' }.stepsDone", equalTo(1))
                .body("steps.find { it.step == 'DATA_BASE' }.evidence", containsString("customers"));
        assertThat(csv("plan.csv"))
                .startsWith("step,nameRu,stage,doneOn,evidence\r\nRESEARCH,")
                .contains("\r\nMECHANICS,Механики,CHOOSING_CHANNELS,2026-06-15,")
                .hasLineCount(11);
        tick("MECHANICS", "{}")
                .statusCode(200)
                .body("stages.find { it.stage == 'CHOOSING_CHANNELS' }.stepsDone", equalTo(0));
    }

    @Test
    @DisplayName("A10: channels before analysis; E11: a base of a few thousand")
    void warnsWhenChannelsWereStartedBeforeTheAnalysis() {
        facts.applyMessages(FactFixtures.message(
                Ids.next(), facts.customer(), "EMAIL", "SENT", Instant.parse("1990-01-02T10:00:00Z")));
        tick("RESEARCH", "{\"doneOn\": \"1990-01-01\"}");
        tick("GOALS", "{\"doneOn\": \"1990-01-03\"}");
        tick("SEGMENTATION_MODEL", "{}");
        String warning = "warnings.find { it.code == 'CHANNELS_BEFORE_ANALYSIS' }";
        answer("plan")
                .body(
                        warning + ".detail",
                        equalTo(
                                "Messages have been sent since 1990-01-02, but these steps were not done by then: GOALS, "
                                        + "SEGMENTATION_MODEL"))
                .body("warnings.code", hasItem("SMALL_BASE"));
        tick("GOALS", "{\"doneOn\": \"1990-01-02\"}");
        tick("SEGMENTATION_MODEL", "{\"doneOn\": \"1990-01-02\"}").body(warning, equalTo(null));
    }

    @Test
    @DisplayName("E9: 24 letters in a month are the anti-example")
    void warnsOfTooManyMessages() {
        clock.set(Instant.parse("1993-06-01T00:00:00Z"));
        UUID customer = facts.customer();
        for (int i = 0; i < 24; i++) {
            if (i == 23) {
                answer("plan").body("warnings.code", not(hasItem("TOO_MANY_MESSAGES")));
            }
            facts.applyMessages(FactFixtures.message(
                    Ids.next(),
                    customer,
                    "EMAIL",
                    "SENT",
                    Instant.parse("1993-05-05T10:00:00Z").plus(Duration.ofDays(i))));
        }
        answer("plan").body("warnings.find { it.code == 'TOO_MANY_MESSAGES' }.detail", containsString("1 customers"));
    }

    @Test
    void refusesDaysToCome() {
        tick("GOALS", "{\"doneOn\": \"2026-06-16\"}").statusCode(400).body("errors[0].pointer", equalTo("/doneOn"));
        tick("TEA", "{}").statusCode(400);
        TestTokens.as(Roles.ANALYST)
                .contentType("application/json")
                .body("{}")
                .put("/api/v1/reports/plan/GOALS")
                .then()
                .statusCode(403);
    }

    private static ValidatableResponse tick(String step, String body) {
        return TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body(body)
                .put("/api/v1/reports/plan/" + step)
                .then();
    }
}
