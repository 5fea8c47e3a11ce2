package io.snowball.gateway;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.snowball.platform.id.Ids;
import io.snowball.platform.testkit.ContractConformance;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Coming in as somebody. The answers of the gateway's own endpoints must keep to its contract. */
public final class Door {
    public static final String ADMIN_PASSWORD = "six quiet snowy owls";
    public static final String PASSWORD = "seven grey geese";

    private static @Nullable Person admin;

    private Door() {}

    public record Person(String id, String login, String token) {
        public RequestSpecification request() {
            return RestAssured.given().auth().oauth2(token);
        }

        /** For endpoints that the gateway serves itself. */
        public RequestSpecification own() {
            return request().filter(ContractConformance.filter());
        }
    }

    public static RequestSpecification anonymous() {
        return RestAssured.given().filter(ContractConformance.filter());
    }

    /** Signs in only where the token is spent: a password costs time, by design. */
    public static synchronized Person admin() {
        Person known = admin;
        if (known == null || known.request().get("/api/v1/sessions/current").statusCode() != 200) {
            known = new Person("", "admin", token("admin", ADMIN_PASSWORD));
            admin = known;
        }
        return known;
    }

    /** A new user with these roles. */
    public static Person as(String... roles) {
        String login = unique();
        String id =
                create(login, PASSWORD, roles).then().statusCode(201).extract().path("id");
        return new Person(id, login, token(login, PASSWORD));
    }

    public static Response create(String login, String password, String... roles) {
        return admin().own()
                .contentType(ContentType.JSON)
                .body(new JsonObject()
                        .put("login", login)
                        .put("password", password)
                        .put("roles", new JsonArray(List.of(roles)))
                        .encode())
                .post("/api/v1/users");
    }

    public static Response signIn(String login, String password, String code) {
        return anonymous()
                .contentType(ContentType.JSON)
                .body(new JsonObject()
                        .put("login", login)
                        .put("password", password)
                        .put("code", code)
                        .encode())
                .post("/api/v1/sessions");
    }

    public static Response signIn(String login, String password) {
        return anonymous()
                .contentType(ContentType.JSON)
                .body(new JsonObject()
                        .put("login", login)
                        .put("password", password)
                        .encode())
                .post("/api/v1/sessions");
    }

    public static String token(String login, String password) {
        return signIn(login, password).then().statusCode(201).extract().path("accessToken");
    }

    public static String unique() {
        return "u" + Ids.next();
    }
}
