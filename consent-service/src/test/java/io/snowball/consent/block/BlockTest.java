package io.snowball.consent.block;

import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.snowball.consent.sibling.FakeCustomers;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import jakarta.inject.Inject;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirement r24: blocked data are stored, and nothing else. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class BlockTest {
    @Inject
    @RestClient
    FakeCustomers customers;

    @Inject
    BlockWorker worker;

    private final UUID customer = Ids.next();

    @Test
    @DisplayName("r24: customer-service is told until it has heard, of the block and of its end")
    void r24CustomerServiceIsTold() {
        customers.isDownFor(customer);
        block("*").statusCode(201);
        tell();
        assertThat(customers.hasBlocked(customer)).isFalse();
        customers.isUpAgainFor(customer);
        tell();
        assertThat(customers.hasBlocked(customer)).isTrue();

        release("*");
        tell();
        assertThat(customers.hasBlocked(customer)).isFalse();
    }

    @Test
    @DisplayName("r24: a block of one category leaves the person in segments")
    void r24ACategoryIsNotThePerson() {
        block("PHONE").statusCode(201).body("category", equalTo("PHONE"));
        tell();
        assertThat(customers.hasBlocked(customer)).isFalse();
    }

    @Test
    @DisplayName("r24: blocking again leaves the first block, whose day counts")
    void r24TheFirstBlockCounts() {
        String first = block("*").extract().path("blockedAt");
        block("*").statusCode(201).body("blockedAt", equalTo(first));
        release("*");
        as(Roles.DPO)
                .delete("/api/v1/processing-blocks/{id}/{category}", customer, "*")
                .then()
                .statusCode(404);
    }

    private io.restassured.response.ValidatableResponse block(String category) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"customerId\": \"%s\", \"category\": \"%s\", \"reason\": \"CHECK\"}"
                        .formatted(customer, category))
                .post("/api/v1/processing-blocks")
                .then();
    }

    private void release(String category) {
        as(Roles.DPO)
                .delete("/api/v1/processing-blocks/{id}/{category}", customer, category)
                .then()
                .statusCode(204);
    }

    /** Others' notes may come first, fifty at a time. */
    private void tell() {
        for (int i = 0; i < 5; i++) {
            worker.tell().await().indefinitely();
        }
    }
}
