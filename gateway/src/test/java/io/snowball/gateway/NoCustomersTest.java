package io.snowball.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.gateway.route.Routes;
import io.snowball.platform.testkit.CustomerColumns;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** r27: the door keeps nothing of customers, so a destruction need not ask it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(Siblings.class)
class NoCustomersTest {
    @Inject
    Pool pool;

    @Test
    @DisplayName("r27: no column can name a customer but those that every service has, and nothing is in these")
    void r27NoTableNamesACustomer() {
        assertThat(CustomerColumns.of(pool))
                .as("what names a customer must be destroyed with them, and asked for: consent-service's Keepers")
                .containsExactlyInAnyOrder("feed_event.subject", "idempotency_key.subjects");
        long rows = pool.query("select (select count(*) from feed_event) + (select count(*) from idempotency_key) as n")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong("n");
        assertThat(rows).isZero();
    }

    @Test
    @DisplayName("r27: what siblings ask each other about a person is not reachable from outside")
    void r27TheQuestionsAreForSiblings() {
        assertThat(Routes.service("/api/v1/personal-data-traces")).isEmpty();
        assertThat(Routes.service("/api/v1/personal-data/1")).isEmpty();
    }
}
