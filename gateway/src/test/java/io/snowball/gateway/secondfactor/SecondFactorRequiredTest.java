package io.snowball.gateway.secondfactor;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.snowball.gateway.Door;
import io.snowball.gateway.Door.Person;
import io.snowball.gateway.MovedClock;
import io.snowball.gateway.Siblings;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requirement r32: where a role needs a second factor, a password alone opens nothing but setting it up. */
@QuarkusTest
@TestProfile(SecondFactorRequiredTest.Required.class)
@WithTestResource(TestDatabase.class)
@WithTestResource(Siblings.class)
class SecondFactorRequiredTest {
    public static class Required implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.login.second-factor-roles", "admin,dpo");
        }
    }

    @Inject
    MovedClock clock;

    @Inject
    Pool pool;

    /** Other tests sign in as this admin. */
    @AfterEach
    void takeItAway() {
        pool.query("delete from second_factor").execute().await().indefinitely();
    }

    @Test
    void r32AnAdminHasNoRoleUntilTheSecondFactorIsSetUp() {
        var session = Door.signIn("admin", Door.ADMIN_PASSWORD);
        session.then().statusCode(201).body("secondFactorDue", equalTo(true)).body("roles", hasSize(0));
        Person admin = new Person("", "admin", session.path("accessToken"));
        admin.own().get("/api/v1/users").then().statusCode(403);
        admin.request()
                .get("/api/v1/customers")
                .then()
                .statusCode(403)
                .body("type", equalTo("/problems/second-factor-due"));
        admin.own().get("/api/v1/sessions/current").then().statusCode(200).body("secondFactorDue", equalTo(true));

        Telephone telephone = Telephone.of(admin, Door.ADMIN_PASSWORD);
        telephone.confirmed(admin, clock.instant());

        admin.own()
                .get("/api/v1/sessions/current")
                .then()
                .body("secondFactorDue", nullValue())
                .body("roles[0]", equalTo("admin"));
        admin.own().get("/api/v1/users").then().statusCode(200);
        admin.request().get("/api/v1/customers").then().statusCode(200);
        Door.signIn("admin", Door.ADMIN_PASSWORD).then().statusCode(401);

        // Whose role needs none is not asked.
        String login = Door.unique();
        admin.own()
                .contentType("application/json")
                .body("{\"login\": \"%s\", \"password\": \"%s\", \"roles\": [\"marketer\"]}"
                        .formatted(login, Door.PASSWORD))
                .post("/api/v1/users")
                .then()
                .statusCode(201);
        Door.signIn(login, Door.PASSWORD)
                .then()
                .statusCode(201)
                .body("secondFactorDue", nullValue())
                .body("roles[0]", equalTo("marketer"));
    }
}
