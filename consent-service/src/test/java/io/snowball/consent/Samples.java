package io.snowball.consent;

import static io.snowball.platform.testkit.TestTokens.as;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What most tests begin with. Each makes its own customers and documents, so none is in another's way. */
public final class Samples {
    private Samples() {}

    /** @return the id of a document for advertising by e-mail, version 1 in effect since 2020 */
    public static String advertisingDocument() {
        return document("ADVERTISING", "marketing");
    }

    public static String document(String type, String purpose) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("""
                        {"code": "d-%s", "type": "%s", "purpose": "%s", "language": "ru", "title": "Согласие",
                         "text": "Я согласен получать рекламу.", "effectiveFrom": "2020-01-01T00:00:00Z"}
                        """.formatted(Ids.next(), type, purpose))
                .post("/api/v1/consent-documents")
                .then()
                .statusCode(201)
                .extract()
                .path("document.id");
    }

    public static String given(UUID customer, String document) {
        return given(customer, document, "2026-01-01T10:00:00Z");
    }

    public static String given(UUID customer, String document, String at) {
        return """
                {"customerId": "%s", "purpose": "marketing", "channel": "EMAIL", "action": "GIVEN",
                 "document": {"id": "%s", "version": 1},
                 "evidence": {"at": "%s", "source": "web-form", "confirmation": {"method": "LOGIN"}, "formId": "checkout", "ip": "203.0.113.7",
                   "userAgent": "Mozilla/5.0", "requestId": "req-1", "checkboxUntickedByDefault": true}}
                """.formatted(customer, document, at);
    }

    public static String givenNow(UUID customer, String document) {
        return """
                {"customerId": "%s", "purpose": "marketing", "channel": "EMAIL", "action": "GIVEN",
                 "document": {"id": "%s", "version": 1},
                 "evidence": {"source": "web-form", "confirmation": {"method": "OTP", "reference": "otp-1"}}}
                """.formatted(customer, document);
    }

    /** As a form sends it that has not shown yet whose address it is. */
    public static String unconfirmed(UUID customer, String document) {
        return """
                {"customerId": "%s", "purpose": "marketing", "channel": "EMAIL", "action": "GIVEN",
                 "document": {"id": "%s", "version": 1}, "identifier": "Anna@Example.ru",
                 "evidence": {"source": "web-form", "checkboxUntickedByDefault": true}}
                """.formatted(customer, document);
    }

    /** What happened to a consent for advertising by e-mail besides. */
    public static String action(UUID customer, String action) {
        return """
                {"customerId": "%s", "purpose": "marketing", "channel": "EMAIL", "action": "%s", "evidence": {"source": "test"}}
                """.formatted(customer, action);
    }

    public static String withdrawnNow(UUID customer) {
        return """
                {"customerId": "%s", "purpose": "marketing", "channel": "EMAIL", "action": "WITHDRAWN",
                 "evidence": {"source": "call-centre", "actor": "OPERATOR"}}
                """.formatted(customer);
    }

    public static String withdrawn(UUID customer, String at) {
        return """
                {"customerId": "%s", "purpose": "marketing", "channel": "EMAIL", "action": "WITHDRAWN",
                 "evidence": {"source": "letter", "at": "%s"}}
                """.formatted(customer, at);
    }

    public static Response record(String body) {
        return as(Roles.DPO).contentType(ContentType.JSON).body(body).post("/api/v1/consents");
    }

    public static Response decide(String messageClass, UUID... customers) {
        String ids = String.join(
                "\", \"", java.util.Arrays.stream(customers).map(UUID::toString).toList());
        return as(Roles.SERVICE)
                .contentType(ContentType.JSON)
                .body("""
                        {"purpose": "marketing", "channel": "EMAIL", "messageClass": "%s", "customerIds": ["%s"]}
                        """.formatted(messageClass, ids))
                .post("/api/v1/consent-decisions");
    }

    /** The data of the feed's events about one customer, in order. */
    public static List<Row> announced(Pool pool, UUID customer) {
        List<Row> rows = new ArrayList<>();
        pool.preparedQuery("select type, data::text as data from feed_event where subject = $1 order by tx, position")
                .execute(Params.of(customer))
                .await()
                .indefinitely()
                .forEach(rows::add);
        return rows;
    }
}
