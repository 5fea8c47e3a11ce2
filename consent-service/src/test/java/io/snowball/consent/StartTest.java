package io.snowball.consent;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.snowball.platform.testkit.TestDatabase;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class StartTest {
    @Test
    void isReadyOnceItsDatabaseIsMigrated() {
        RestAssured.get("/q/health/ready").then().statusCode(200);
    }
}
