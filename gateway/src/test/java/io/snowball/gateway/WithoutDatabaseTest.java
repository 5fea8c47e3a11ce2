package io.snowball.gateway;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Unsubscribing depends on nothing but consent: not on the gateway's own database either. */
@QuarkusTest
@TestProfile(WithoutDatabaseTest.DatabaseDown.class)
@WithTestResource(Siblings.class)
class WithoutDatabaseTest {
    @ConfigProperty(name = "snowball.db.port")
    int port;

    @Test
    void startsAndServesPublicLinksAndLetsPeopleInOnceTheDatabaseIsThere() throws IOException {
        RestAssured.get("/q/health/ready").then().statusCode(200);
        RestAssured.post("/u/abc").then().statusCode(200).body("service", equalTo("consent"));
        RestAssured.get("/c/abc").then().statusCode(200).body("service", equalTo("campaign"));
        Door.signIn("admin", Door.ADMIN_PASSWORD)
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "5");
        try (var database = EmbeddedPostgres.builder().setPort(port).start()) {
            Flyway.configure()
                    .dataSource(database.getPostgresDatabase())
                    .locations("db/platform", "db/migration")
                    .load()
                    .migrate();
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> Door.signIn("admin", Door.ADMIN_PASSWORD).statusCode() == 201);
        }
    }

    public static class DatabaseDown implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    // As the chart has it: a job of its own migrates, and not the service.
                    "quarkus.flyway.active", "false",
                    "snowball.db.port", String.valueOf(Siblings.closedPort()),
                    "snowball.db.name", "postgres",
                    "snowball.db.user", "postgres",
                    "snowball.db.password", "postgres");
        }
    }
}
