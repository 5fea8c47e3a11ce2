package io.snowball.consent;

import static io.snowball.platform.testkit.TestTokens.as;
import static org.hamcrest.Matchers.oneOf;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.platform.security.Roles;

/** The operator that documents in tests name. */
public final class Requisites {
    private Requisites() {}

    /** Whoever records it first: there is one operator for all tests. */
    public static void record() {
        record("ООО «Ромашка»", "2016-01-01T00:00:00Z");
    }

    public static void record(String name, String from) {
        post(name, from).then().statusCode(oneOf(201, 409));
    }

    public static Response post(String name, String from) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body(body(name, from))
                .post("/api/v1/operator-details");
    }

    public static String body(String name, String from) {
        return """
                {"effectiveFrom": "%s", "fullName": "Общество с ограниченной ответственностью «Ромашка»", "shortName": "%s",
                 "inn": "7700000000", "ogrn": "1027700000000", "address": "115000, г. Москва, ул. Лесная, д. 5",
                 "email": "privacy@romashka.example", "phone": "+7 495 000-00-00", "responsible": "Цветкова А. Б.",
                 "responsiblePost": "Ответственный за организацию обработки персональных данных",
                 "ispdnName": "ИСПДн «Клиенты»", "databaseLocation": "Россия, г. Москва", "registerNumber": "77-26-000001",
                 "policyUrl": "https://romashka.example/privacy"}
                """.formatted(from, name);
    }
}
