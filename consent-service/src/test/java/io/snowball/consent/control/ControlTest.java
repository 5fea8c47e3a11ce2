package io.snowball.consent.control;

import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.snowball.consent.Requisites;
import io.snowball.consent.control.ControlApi.SubjectAlert;
import io.snowball.consent.sibling.FakeCustomers;
import io.snowball.platform.access.AccessRelay;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import jakarta.inject.Inject;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requirements r32, r33, r35: what the operator has to keep an eye on itself. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ControlTest {
    @Inject
    @RestClient
    FakeCustomers customers;

    @Inject
    AccessRelay relay;

    @ParameterizedTest
    @CsvSource({"0, NONE", "79999, NONE", "80000, NEAR", "99999, NEAR", "100000, REACHED", "250000, REACHED"})
    @DisplayName("r33: people are counted against 100,000 (decree 1119), with an alert at 80 % and 100 %")
    void r33TheThreshold(long people, SubjectAlert alert) {
        customers.has(people);
        as(Roles.DPO)
                .post("/api/v1/subject-counts")
                .then()
                .statusCode(200)
                .body("subjects", equalTo((int) people))
                .body("identifiers", equalTo((int) (3 * people)))
                .body("threshold", equalTo(100000))
                .body("alert", equalTo(alert.name()));
        as(Roles.ADMIN)
                .get("/api/v1/subject-counts")
                .then()
                .statusCode(200)
                .body("items[0].alert", equalTo(alert.name()));
        as(Roles.MARKETER).get("/api/v1/subject-counts").then().statusCode(403);
    }

    @Test
    @DisplayName("r32: reviews of the protection, three years apart at most")
    void r32Reviews() {
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("""
                        {"reviewedOn": "2026-11-20", "reviewers": "Цветкова А. Б.", "findings": "Замечаний нет", "effective": true}
                        """)
                .post("/api/v1/efficiency-reviews")
                .then()
                .statusCode(201)
                .body("nextDueOn", equalTo("2029-11-20"));
        as(Roles.DPO).get("/api/v1/efficiency-reviews").then().statusCode(200).body("overdue", equalTo(false));
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("""
                        {"reviewedOn": "2199-01-01", "reviewers": "x", "findings": "x", "effective": true}
                        """)
                .post("/api/v1/efficiency-reviews")
                .then()
                .statusCode(400);
    }

    @Test
    @DisplayName("r35: the list of persons with access, checked against the log of who acts")
    void r35PersonsWithAccess() {
        Requisites.record();
        // The tests' own user acts, and is on no list yet.
        as(Roles.DPO).get("/api/v1/access-persons").then().statusCode(200);
        relay.flush().await().indefinitely();
        String user = new UUID(0, 1).toString();
        as(Roles.DPO).get("/api/v1/access-persons").then().body("unlistedUsers", hasItem(user));
        String name = "Иванова Мария " + Ids.next();
        String id = as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("""
                        {"fullName": "%s", "post": "менеджер", "userId": "%s", "scope": "профили и заказы", "basis": "приказ № 12",
                         "grantedOn": "2026-11-01"}
                        """.formatted(name, user))
                .post("/api/v1/access-persons")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        as(Roles.DPO).get("/api/v1/access-persons").then().body("unlistedUsers", not(hasItem(user)));
        assertThat(paper()).contains(name, "приказ № 12");
        end(id, "2026-10-01", 409);
        end(id, "2026-11-02", 200);
        end(id, "2026-11-02", 409);
        assertThat(paper()).doesNotContain(name);
        as(Roles.ADMIN).get("/api/v1/access-persons").then().statusCode(403);
    }

    private static void end(String id, String day, int status) {
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"endedOn\": \"%s\"}".formatted(day))
                .post("/api/v1/access-persons/{id}/ends", id)
                .then()
                .statusCode(status);
    }

    private static String paper() {
        return as(Roles.DPO)
                .get("/api/v1/law-papers/PERSONS_WITH_ACCESS/html")
                .then()
                .statusCode(200)
                .body(containsString("Перечень лиц"))
                .extract()
                .asString();
    }
}
