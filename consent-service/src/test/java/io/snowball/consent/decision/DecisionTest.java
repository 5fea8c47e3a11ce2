package io.snowball.consent.decision;

import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.decide;
import static io.snowball.consent.Samples.givenNow;
import static io.snowball.consent.Samples.record;
import static io.snowball.consent.Samples.withdrawnNow;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** B1 and requirements r11 to r13: no consent, no use. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class DecisionTest {
    /** What was said, in order (G given, W withdrawn), the class of the message, and what follows. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    '',  ADVERTISING,   false, NO_CONSENT
                    G,   ADVERTISING,   true,  GIVEN
                    W,   ADVERTISING,   false, WITHDRAWN
                    GW,  ADVERTISING,   false, WITHDRAWN
                    GWG, ADVERTISING,   true,  GIVEN
                    WG,  ADVERTISING,   true,  GIVEN
                    GWW, ADVERTISING,   false, WITHDRAWN
                    '',  PROMO,         false, NO_CONSENT
                    GW,  PROMO,         false, WITHDRAWN
                    '',  advertising,   false, NO_CONSENT
                    '',  transactional, false, NO_CONSENT
                    '',  TRANSACTIONAL, true,  NOT_NEEDED
                    W,   TRANSACTIONAL, true,  NOT_NEEDED
                    W,   SERVICE,       true,  NOT_NEEDED
                    '',  AUTH,          true,  NOT_NEEDED
                    '',  LEGAL,         true,  NOT_NEEDED
                    """)
    void b1r11r12DecidesByTheLastWordAndTheClass(String said, String messageClass, boolean allowed, String reason) {
        UUID customer = Ids.next();
        String document = advertisingDocument();
        String last = null;
        for (String word : said.isEmpty() ? List.<String>of() : List.of(said.split(""))) {
            last = record(word.equals("G") ? givenNow(customer, document) : withdrawnNow(customer))
                    .path("recordId");
        }
        decide(messageClass, customer)
                .then()
                .statusCode(200)
                .body("decidedAt", notNullValue())
                .body("decisions[0].customerId", equalTo(customer.toString()))
                .body("decisions[0].allowed", equalTo(allowed))
                .body("decisions[0].reason", equalTo(reason))
                .body("decisions[0].recordId", reason.equals("NOT_NEEDED") ? nullValue() : equalTo(last));
    }

    @Test
    void answersInTheOrderAskedEvenForOneCustomerTwice() {
        UUID yes = Ids.next();
        UUID no = Ids.next();
        record(givenNow(yes, advertisingDocument()));
        decide("ADVERTISING", no, yes, no, yes)
                .then()
                .body("decisions.allowed", equalTo(List.of(false, true, false, true)));
    }

    @Test
    void consentIsForOneChannelAndOnePurpose() {
        UUID customer = Ids.next();
        record(givenNow(customer, advertisingDocument()));
        ask(Roles.MARKETER, "marketing", "SMS", customer.toString())
                .then()
                .body("decisions[0].reason", equalTo("NO_CONSENT"));
        ask(Roles.ADMIN, "birthday-club", "EMAIL", customer.toString())
                .then()
                .body("decisions[0].reason", equalTo("NO_CONSENT"));
        ask(Roles.DPO, "marketing", "EMAIL", customer.toString()).then().body("decisions[0].reason", equalTo("GIVEN"));
    }

    @Test
    void noClassAtAllIsAdvertising() {
        as(Roles.SERVICE)
                .contentType(ContentType.JSON)
                .body("{\"purpose\": \"marketing\", \"channel\": \"EMAIL\", \"customerIds\": [\"" + Ids.next() + "\"]}")
                .post("/api/v1/consent-decisions")
                .then()
                .statusCode(200)
                .body("decisions[0].allowed", equalTo(false));
    }

    @Test
    void takesAThousandCustomersAndNotOneMore() {
        ask(Roles.SERVICE, "marketing", "EMAIL", ids(1000))
                .then()
                .statusCode(200)
                .body("decisions.size()", equalTo(1000));
        ask(Roles.SERVICE, "marketing", "EMAIL", ids(1001)).then().statusCode(400);
        ask(Roles.SERVICE, "marketing", "PIGEON", ids(1)).then().statusCode(400);
    }

    @Test
    void isNotForPartnersAnalystsOrSales() {
        for (String role : List.of(Roles.PARTNER, Roles.ANALYST, Roles.SALES)) {
            ask(role, "marketing", "EMAIL", ids(1)).then().statusCode(403);
        }
    }

    private static String ids(int count) {
        return Stream.generate(() -> Ids.next().toString()).limit(count).collect(Collectors.joining("\", \""));
    }

    private static io.restassured.response.Response ask(String role, String purpose, String channel, String ids) {
        return as(role).contentType(ContentType.JSON)
                .body(
                        "{\"purpose\": \"%s\", \"channel\": \"%s\", \"messageClass\": \"ADVERTISING\", \"customerIds\": [\"%s\"]}"
                                .formatted(purpose, channel, ids))
                .post("/api/v1/consent-decisions");
    }
}
