package io.snowball.campaign;

import io.restassured.http.ContentType;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestTokens;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What tests begin with, made over the API. */
public final class Fixtures {
    private Fixtures() {}

    public static List<UUID> customers(int number) {
        return Stream.generate(Ids::next).limit(number).toList();
    }

    /** A purpose that no other test asks about. */
    public static String purpose() {
        return "p" + Ids.next();
    }

    public static UUID template() {
        return id(post("/api/v1/templates", """
                {"name": "Распродажа", "subject": "{{ customer.first_name }}, скидки",
                 "html": "<p>{{ customer.first_name }}</p><a href=\\"https://shop.example/sale?a=1&amp;b=2\\">К товарам</a>"}"""));
    }

    public static String campaignBody(UUID segment, UUID template, String purpose, double controlShare) {
        return """
                {"name": "Осень", "segmentId": "%s", "templateId": "%s", "channel": "EMAIL", "purpose": "%s",
                 "controlShare": %s}""".formatted(segment, template, purpose, controlShare);
    }

    public static UUID campaign(UUID segment, String purpose, double controlShare) {
        return id(post("/api/v1/campaigns", campaignBody(segment, template(), purpose, controlShare)));
    }

    public static UUID launched(UUID segment, String purpose, double controlShare) {
        UUID campaign = campaign(segment, purpose, controlShare);
        launch(campaign);
        return campaign;
    }

    public static void launch(UUID campaign) {
        TestTokens.as(Roles.MARKETER)
                .header("Idempotency-Key", Ids.next())
                .post("/api/v1/campaigns/" + campaign + "/launches")
                .then()
                .statusCode(202);
    }

    public static void move(UUID campaign, String move) {
        TestTokens.as(Roles.MARKETER)
                .post("/api/v1/campaigns/" + campaign + "/" + move)
                .then()
                .statusCode(200);
    }

    public static io.restassured.path.json.JsonPath get(UUID campaign) {
        return TestTokens.as(Roles.ANALYST)
                .get("/api/v1/campaigns/" + campaign)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    public static io.restassured.path.json.JsonPath report(UUID campaign) {
        return TestTokens.as(Roles.ANALYST)
                .get("/api/v1/campaigns/" + campaign + "/report")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    public static io.restassured.response.Response post(String path, String body) {
        return TestTokens.as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path);
    }

    public static UUID id(io.restassured.response.Response response) {
        return UUID.fromString(response.then().statusCode(201).extract().path("id"));
    }
}
