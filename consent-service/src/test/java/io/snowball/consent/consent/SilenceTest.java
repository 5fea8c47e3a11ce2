package io.snowball.consent.consent;

import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.given;
import static io.snowball.consent.Samples.givenNow;
import static io.snowball.consent.Samples.record;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirement r20: a number on which nobody was heard of for months may be another's. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SilenceTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-27T12:00:00Z"), ZoneOffset.UTC);

    @Inject
    Pool pool;

    @Inject
    Ledger ledger;

    private final UUID silent = Ids.next();
    private final UUID heard = Ids.next();
    private final UUID lately = Ids.next();
    private String document = "";

    @BeforeEach
    void consents() {
        document = advertisingDocument();
        give(silent, "SMS", "2025-01-10T10:00:00Z");
        give(silent, "EMAIL", "2025-01-10T10:00:00Z");
        give(heard, "SMS", "2025-01-10T10:00:00Z");
        give(lately, "CALL", "2026-01-10T10:00:00Z");
        sign(silent, "2025-03-01T10:00:00Z");
        sign(heard, "2026-05-01T10:00:00Z");
        // An older one changes nothing.
        sign(heard, "2025-02-01T10:00:00Z");
    }

    @Test
    @DisplayName("r20: after months without a sign the consent has to be given and confirmed anew, by that number only")
    void r20ASilentNumberHasToBeConfirmedAnew() {
        conclude(Optional.of(Period.ofMonths(12)));
        assertThat(state(silent, "SMS")).isEqualTo("EXPIRED");
        assertThat(state(silent, "EMAIL")).isEqualTo("GIVEN");
        assertThat(state(heard, "SMS")).isEqualTo("GIVEN");
        assertThat(state(lately, "CALL")).isEqualTo("GIVEN");
        as(Roles.DPO)
                .get("/api/v1/consents?customerId=" + silent)
                .then()
                .body("items.evidence.source", org.hamcrest.Matchers.hasItem("number-silent"));
        record(givenNow(silent, document).replace("EMAIL", "SMS")).then().statusCode(201);
        conclude(Optional.of(Period.ofMonths(12)));
        assertThat(state(silent, "SMS")).isEqualTo("GIVEN");
    }

    @Test
    @DisplayName("r20: where the operator set no term nothing is concluded; a term of days is refused")
    void r20OnlyWhereTheOperatorSaysSo() {
        conclude(Optional.empty());
        assertThat(state(silent, "SMS")).isEqualTo("GIVEN");
        assertThatThrownBy(() -> new SilenceWorker(pool, ledger, Optional.of(Period.ofDays(3)), NOW))
                .hasMessageContaining("CONSENT_NUMBER_SILENCE");
    }

    private void conclude(Optional<Period> silence) {
        new SilenceWorker(pool, ledger, silence, NOW).conclude().await().indefinitely();
    }

    private void give(UUID customer, String channel, String at) {
        record(given(customer, document, at).replace("EMAIL", channel)).then().statusCode(201);
    }

    private static void sign(UUID customer, String at) {
        as(Roles.SERVICE)
                .contentType(ContentType.JSON)
                .body("{\"signs\": [{\"customerId\": \"%s\", \"at\": \"%s\"}]}".formatted(customer, at))
                .post("/api/v1/number-signs")
                .then()
                .statusCode(204);
    }

    private String state(UUID customer, String channel) {
        return pool.preparedQuery("select state from consent_state where customer_id = $1 and channel = $2")
                .execute(io.snowball.platform.db.Params.of(customer, channel))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getString("state");
    }
}
