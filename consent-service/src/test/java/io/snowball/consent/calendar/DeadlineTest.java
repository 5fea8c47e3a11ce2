package io.snowball.consent.calendar;

import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Requirements r22, r23: terms on the Russian production calendar. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class DeadlineTest {
    @Inject
    Pool pool;

    @Inject
    Deadlines deadlines;

    @ParameterizedTest
    @CsvFileSource(resources = "/calendar/deadline_vectors.csv", numLinesToSkip = 1)
    @DisplayName("r22, r23: each of the 225 checked terms ends on its day")
    void r22EachCheckedTermEndsOnItsDay(LocalDate event, String rule, int amount, String unit, LocalDate due) {
        var deadline = deadlines.due(pool, code(rule), event).await().indefinitely();
        assertThat(rule.endsWith("_extended") ? deadline.extendedTo() : deadline.dueOn())
                .as("%s of %s, %d %s", rule, event, amount, unit)
                .isEqualTo(due);
    }

    private static TermCode code(String rule) {
        return switch (rule) {
            case "access_answer_art20p1", "access_extended" -> TermCode.ACCESS;
            case "refusal_art20p2" -> TermCode.REFUSAL;
            case "correction_art20p3" -> TermCode.CORRECTION;
            case "destroy_illegal_art20p3" -> TermCode.DESTROY_ILLEGAL;
            case "clarify_art21p2" -> TermCode.CLARIFY;
            case "stop_unlawful_art21p3" -> TermCode.STOP_UNLAWFUL;
            case "destroy_unlawful_art21p3" -> TermCode.DESTROY_UNLAWFUL;
            case "goal_reached_art21p4" -> TermCode.PURPOSE_REACHED;
            case "withdrawal_art21p5" -> TermCode.WITHDRAWAL;
            case "stop_processing_art21p5_1", "stop_processing_extended" -> TermCode.STOP_PROCESSING;
            case "dissemination_stop_art10_1p14" -> TermCode.DISSEMINATION_STOP;
            case "rkn_request_answer_art20p4" -> TermCode.RKN_REQUEST;
            case "block_then_destroy_art21p6" -> TermCode.DESTROY_BLOCKED;
            default -> throw new IllegalArgumentException(rule);
        };
    }

    @ParameterizedTest
    @CsvSource({"2024-11-02", "2025-11-01", "2027-02-20", "2024-04-27", "2024-12-28"})
    @DisplayName("r23: a shortened or moved Saturday is a working day")
    void r23SomeSaturdaysAreWorkingDays(LocalDate saturday) {
        as(Roles.DPO)
                .get("/api/v1/legal-terms/STOP_UNLAWFUL/deadline?from=" + saturday.minusDays(1))
                .then()
                .statusCode(200);
        var days = as(Roles.DPO)
                .get("/api/v1/calendar-years/{year}", saturday.getYear())
                .then()
                .statusCode(200)
                .extract()
                .<List<String>>path("daysOff");
        assertThat(days).doesNotContain(saturday.toString());
    }

    @Test
    @DisplayName("r23: a year that is missing is an error that says what to do")
    void r23AMissingYearIsAnError() {
        as(Roles.DPO)
                .get("/api/v1/legal-terms/ACCESS/deadline?from=2031-12-25")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/calendar-year-missing"))
                .body("detail", containsString("2031"));
        as(Roles.DPO).get("/api/v1/calendar-years/2031").then().statusCode(404);
    }

    @Test
    @DisplayName("r23: another version of a year counts from then on, the one before stays")
    void r23ANewVersionCountsFromThenOn() {
        publish(2040, List.of()).then().statusCode(201).body("version", equalTo(1));
        deadline("2040-06-01").then().body("dueOn", equalTo("2040-06-06"));

        publish(2040, List.of(LocalDate.of(2040, 6, 4), LocalDate.of(2040, 6, 5)))
                .then()
                .statusCode(201)
                .body("version", equalTo(2))
                .body("verified", equalTo(true));
        deadline("2040-06-01").then().body("dueOn", equalTo("2040-06-08")).body("extendedTo", nullValue());
        var versions = pool.query("select count(*) as n from calendar_year where year = 2040")
                .execute()
                .await()
                .indefinitely();
        assertThat(versions.iterator().next().getLong("n")).isEqualTo(2);
    }

    @Test
    void aDayOffOfAnotherYearIsRefused() {
        publish(2041, List.of(LocalDate.of(2042, 1, 1)))
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/foreign-days-off"));
    }

    @Test
    void whatComesFromASecondHandSourceSaysSo() {
        as(Roles.DPO).get("/api/v1/calendar-years/2027").then().body("verified", equalTo(false));
        as(Roles.DPO)
                .get("/api/v1/calendar-years/2026")
                .then()
                .body("verified", equalTo(true))
                .body("workingDays", equalTo(247));
    }

    @Test
    void onlyThoseWhoAnswerForItChangeTheCalendar() {
        as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/calendar-years")
                .then()
                .statusCode(403);
        as(Roles.DPO).get("/api/v1/legal-terms").then().statusCode(200);
    }

    private static io.restassured.response.Response deadline(String from) {
        return as(Roles.DPO).get("/api/v1/legal-terms/STOP_UNLAWFUL/deadline?from=" + from);
    }

    private static io.restassured.response.Response publish(int year, List<LocalDate> more) {
        String days = IntStream.rangeClosed(1, Year.of(year).length())
                .mapToObj(day -> LocalDate.ofYearDay(year, day))
                .filter(day -> day.getDayOfWeek().getValue() > 5)
                .map(LocalDate::toString)
                .collect(Collectors.joining("\", \"", "\"", "\""));
        String others = more.stream().map(day -> ", \"" + day + "\"").collect(Collectors.joining());
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("""
                        {"year": %d, "decree": "№ 1", "source": "test", "verified": true, "daysOff": [%s%s]}
                        """.formatted(year, days, others))
                .post("/api/v1/calendar-years");
    }
}
