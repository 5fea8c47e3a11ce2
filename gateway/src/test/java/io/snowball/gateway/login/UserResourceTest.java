package io.snowball.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.snowball.gateway.Door;
import io.snowball.gateway.Door.Person;
import io.snowball.gateway.MovedClock;
import io.snowball.gateway.Siblings;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(Siblings.class)
class UserResourceTest {
    @Inject
    Pool pool;

    @Inject
    MovedClock clock;

    @Test
    void createsAUserWhoCanSignInAtOnce() {
        String login = Door.unique();
        Response created = Door.create(login.toUpperCase(java.util.Locale.ROOT), Door.PASSWORD, "marketer", "analyst");
        created.then()
                .statusCode(201)
                .header("Location", containsString("/api/v1/users/" + created.path("id")))
                .body("login", equalTo(login))
                .body("disabled", equalTo(false))
                .body(not(containsString("argon2")))
                .body(not(containsString(Door.PASSWORD)));
        Door.signIn(login, Door.PASSWORD).then().statusCode(201).body("roles", equalTo(List.of("analyst", "marketer")));
        Door.admin()
                .own()
                .get("/api/v1/users/{id}", created.<String>path("id"))
                .then()
                .statusCode(200)
                .body("login", equalTo(login));
    }

    @Test
    void createsOneUserHoweverOftenItIsAsked() {
        String body =
                "{\"login\":\"%s\",\"password\":\"%s\",\"roles\":[\"dpo\"]}".formatted(Door.unique(), Door.PASSWORD);
        UUID key = Ids.next();
        Response first = post(key, body);
        Response again = post(key, body);
        first.then().statusCode(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.asString()).isEqualTo(first.asString());
        post(Ids.next(), body).then().statusCode(409).body("type", equalTo("/problems/login-taken"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "Admin", "root", ""})
    void givesNobodyARoleThatPeopleCantHave(String role) {
        Door.create(Door.unique(), Door.PASSWORD, role).then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({
        "short,wrong-length",
        "password123,too-common",
        "aaaaaaaaaaaaaa,too-common",
        "I am ivan.ivanov!,contains-login"
    })
    void refusesAWeakPassword(String password, String code) {
        Door.create("ivan.ivanov", password, "marketer")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/password"))
                .body("errors[0].code", equalTo(code))
                .body(not(containsString(password)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "with space", "иван", "a/b"})
    void refusesALoginThatIsNone(String login) {
        Door.create(login, Door.PASSWORD, "marketer").then().statusCode(400);
    }

    @Test
    void isForAdminsOnly() {
        Person marketer = Door.as("marketer");
        marketer.own().get("/api/v1/users").then().statusCode(403).contentType("application/problem+json");
        change(marketer, marketer.id(), "{\"roles\":[\"admin\"]}").statusCode(403);
        Door.anonymous().get("/api/v1/users").then().statusCode(401).contentType("application/problem+json");
    }

    @Test
    void listsAllByPages() {
        Person one = Door.as("sales");
        Person two = Door.as("sales");
        Person admin = Door.admin();
        List<String> seen = new ArrayList<>();
        Response page = admin.own().queryParam("limit", 1).get("/api/v1/users");
        seen.addAll(page.path("items.id"));
        while (page.path("nextCursor") != null) {
            page = admin.own()
                    .queryParam("limit", 3)
                    .queryParam("cursor", page.<String>path("nextCursor"))
                    .get("/api/v1/users");
            seen.addAll(page.path("items.id"));
        }
        assertThat(seen).doesNotHaveDuplicates().contains(one.id(), two.id()).isSorted();
        admin.own().queryParam("cursor", "?").get("/api/v1/users").then().statusCode(400);
        admin.own()
                .queryParam("cursor", Cursor.encode(List.of("made-up")))
                .get("/api/v1/users")
                .then()
                .statusCode(400);
        admin.own().queryParam("limit", 0).get("/api/v1/users").then().statusCode(400);
    }

    @Test
    void answersNotFoundForSomebodyUnknown() {
        Person admin = Door.admin();
        admin.own().get("/api/v1/users/{id}", Ids.next()).then().statusCode(404);
        change(admin, Ids.next().toString(), "{\"disabled\":true}").statusCode(404);
        admin.own().get("/api/v1/users/abc").then().statusCode(400);
    }

    @Test
    void changedRolesHoldForTheTokenThatIsOut() {
        Person person = Door.as("analyst");
        roles(person, List.of("analyst"));
        change(Door.admin(), person.id(), "{\"roles\":[\"sales\"]}").statusCode(200);
        roles(person, List.of("sales"));
    }

    @Test
    void aDisabledUserIsOutAndHasToSignInAnew() {
        Person person = Door.as("analyst");
        roles(person, List.of("analyst"));
        change(Door.admin(), person.id(), "{\"disabled\":true}").statusCode(200).body("disabled", equalTo(true));
        person.own().get("/api/v1/sessions/current").then().statusCode(401);
        Door.signIn(person.login(), Door.PASSWORD)
                .then()
                .statusCode(401)
                .body("type", equalTo("/problems/wrong-credentials"));
        change(Door.admin(), person.id(), "{\"disabled\":false}").statusCode(200);
        person.own().get("/api/v1/sessions/current").then().statusCode(401);
        Door.signIn(person.login(), Door.PASSWORD).then().statusCode(201);
    }

    @Test
    void whatAnotherReplicaChangedHoldsWithinAMinute() {
        Person person = Door.as("analyst");
        roles(person, List.of("analyst"));
        pool.preparedQuery("update user_account set disabled = true where id = $1")
                .execute(Params.of(UUID.fromString(person.id())))
                .await()
                .indefinitely();
        clock.forward(Duration.ofSeconds(59));
        person.own().get("/api/v1/sessions/current").then().statusCode(401);
    }

    @Test
    void aNewPasswordEndsTheSessionsOfTheOldOne() {
        Person person = Door.as("analyst");
        change(Door.admin(), person.id(), "{\"password\":\"short\"}").statusCode(400);
        change(Door.admin(), person.id(), "{\"password\":\"eight brown bears\"}")
                .statusCode(200);
        person.own().get("/api/v1/sessions/current").then().statusCode(401);
        Door.signIn(person.login(), Door.PASSWORD).then().statusCode(401);
        Door.signIn(person.login(), "eight brown bears").then().statusCode(201);
    }

    @Test
    void someAdminAlwaysRemains() {
        Person admin = Door.admin();
        String id = admin.own().get("/api/v1/sessions/current").then().extract().path("userId");
        change(admin, id, "{\"disabled\":true}").statusCode(409).body("type", equalTo("/problems/last-admin"));
        change(admin, id, "{\"roles\":[\"marketer\"]}").statusCode(409);
        change(admin, id, "{\"roles\":[]}").statusCode(400);
        admin.own().get("/api/v1/sessions/current").then().statusCode(200);
    }

    private static Response post(UUID key, String body) {
        return Door.admin()
                .own()
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/users");
    }

    private static ValidatableResponse change(Person as, String id, String body) {
        return as.own()
                .contentType(ContentType.JSON)
                .body(body)
                .patch("/api/v1/users/{id}", id)
                .then();
    }

    private static void roles(Person person, List<String> expected) {
        person.own().get("/api/v1/sessions/current").then().statusCode(200).body("roles", equalTo(expected));
    }
}
