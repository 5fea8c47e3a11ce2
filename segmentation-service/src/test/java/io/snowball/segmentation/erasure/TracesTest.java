package io.snowball.segmentation.erasure;

import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.CustomerColumns;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.segmentation.erasure.TraceApi.SegmentationTrace;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** r27: what is left of a person is found wherever it is. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class TracesTest {
    /** Why each may name somebody who is destroyed. */
    private static final Set<String> MAY_STAY = Set.of(
            // That they are gone, and that nothing of them may come again.
            "forgotten_customer.customer_id",
            // Until consent-service has written the act and releases them.
            "blocked_customer.customer_id",
            // What was told, by ids that are nobody's any more.
            "feed_event.subject");

    @Inject
    Pool pool;

    @Inject
    Traces traces;

    private final UUID customer = Ids.next();

    @Test
    @DisplayName("r27: every column that names a customer is looked into, or it is said why not")
    void r27NoColumnIsForgotten() {
        Set<String> known = new TreeSet<>(MAY_STAY);
        Arrays.stream(Trace.values()).map(Trace::place).forEach(known::add);
        assertThat(CustomerColumns.of(pool))
                .as("put a new one into Trace, into what ForgetSql deletes, or here with the reason")
                .isEqualTo(known);
    }

    @ParameterizedTest
    @EnumSource(Trace.class)
    @DisplayName("r27: one row is found, wherever it stands, under whichever of the ids")
    void r27OneRowIsFound(Trace trace) {
        var found = CustomerColumns.planted(
                pool, trace.place(), customer, tx -> traces.of(tx, List.of(Ids.next(), customer)));
        assertThat(found.categories()).containsExactly(new SegmentationTrace(trace, 1));
        assertThat(traces.of(pool, List.of(customer)).await().indefinitely().categories())
                .isEmpty();
    }

    @Test
    @DisplayName("r27: that nothing is found counts once the order has come for all ids")
    void r27SaysWhetherTheOrderHasCome() {
        UUID other = Ids.next();
        forget(customer);
        find(customer, other).statusCode(200).body("told", equalTo(false)).body("categories", empty());
        forget(other);
        find(customer, other).statusCode(200).body("told", equalTo(true)).body("categories", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {Roles.ADMIN, Roles.DPO, Roles.MARKETER})
    void isForSiblingsOnly(String role) {
        as(role).contentType(ContentType.JSON)
                .body("{\"customerIds\": [\"" + customer + "\"]}")
                .post("/api/v1/personal-data-traces")
                .then()
                .statusCode(403);
    }

    private static ValidatableResponse find(UUID... ids) {
        return as(Roles.SERVICE)
                .contentType(ContentType.JSON)
                .body(java.util.Map.of("customerIds", ids))
                .post("/api/v1/personal-data-traces")
                .then();
    }

    private void forget(UUID id) {
        pool.preparedQuery("insert into forgotten_customer (customer_id) values ($1)")
                .execute(Params.of(id))
                .await()
                .indefinitely();
    }
}
