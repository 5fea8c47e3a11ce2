package io.snowball.customer.exports;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.Shop.uniquePhone;
import static io.snowball.customer.exports.Desk.accesses;
import static io.snowball.customer.exports.Desk.ask;
import static io.snowball.customer.exports.Desk.block;
import static io.snowball.customer.exports.Desk.download;
import static io.snowball.customer.exports.Desk.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.customer.Shop;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What law asks of files: B2, r24, r30. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ExportLawTest {
    @Inject
    Shop shop;

    @Inject
    Desk desk;

    @Inject
    ExportWorker worker;

    String name = unique("c");
    String phone = uniquePhone();

    @Test
    @DisplayName("r24, 152-FZ 21: who is blocked is in no file, not even in one that is there already")
    void leaveBlockedPeopleOut() {
        UUID anna = customer("\"firstName\":\"Анна\"");
        UUID other = Shop.customer(unique("c"));
        String before = desk.ready("\"columns\":[\"external_id\"]", anna, other);
        block(anna);
        download(Roles.ADMIN, before).then().statusCode(409).body("detail", containsString("blocked"));
        String after = desk.ready("\"columns\":[\"external_id\"]", anna, other);
        get(after).then().body("customers", equalTo(1)).body("rows", equalTo(1));
        assertThat(download(Roles.ADMIN, after).asString()).doesNotContain(name);
        String meanwhile = ask(Roles.ADMIN, "\"columns\":[\"id\"]", other);
        block(other);
        worker.run();
        get(meanwhile).then().body("state", equalTo("READY")).body("rows", equalTo(0));
    }

    @Test
    @DisplayName("152-FZ 21: the destruction of a person deletes the files with the person in them")
    void eraseAPersonFromStoredFiles() {
        UUID anna = customer("");
        UUID other = Shop.customer(unique("c"));
        String with = desk.ready("\"columns\":[\"external_id\"]", anna, other);
        String without = desk.ready("\"columns\":[\"external_id\"]", other);
        TestTokens.as(Roles.SERVICE)
                .get("/api/v1/personal-data/" + anna)
                .then()
                .body("categories.category", hasItem("EXPORTS"));
        TestTokens.as(Roles.DPO).delete("/api/v1/personal-data/" + anna).then().statusCode(200);
        get(with).then().body("state", equalTo("DELETED"));
        assertThat(shop.count("select count(*) from export_piece where export_id = $1", UUID.fromString(with)))
                .isZero();
        download(Roles.ADMIN, without).then().statusCode(200);
        TestTokens.as(Roles.SERVICE).get("/api/v1/personal-data/" + anna).then().body("found", equalTo(false));
    }

    @Test
    @DisplayName("r30: who did what, why, with how many people; the feed tells it without the reason")
    void keepARecordOfEveryStep() {
        String export = desk.ready("\"columns\":[\"phone\"]", customer(""));
        download(Roles.ADMIN, export);
        TestTokens.as(Roles.ADMIN).delete("/api/v1/exports/" + export).then().statusCode(204);
        TestTokens.as(Roles.ADMIN).delete("/api/v1/exports/" + export).then().statusCode(204);
        download(Roles.ADMIN, export).then().statusCode(409);
        accesses(export)
                .then()
                .statusCode(200)
                .body("items.action", contains("REQUESTED", "WRITTEN", "DOWNLOADED", "DELETED"))
                .body("items.reason", hasItem("ticket:17"))
                .body("items.purpose", hasItem("marketing"))
                .body("items.customers", contains(1, 1, 1, 1));
        assertThat(shop.events(UUID.fromString(export), "export.accessed"))
                .hasSize(4)
                .allSatisfy(line ->
                        assertThat(line).contains("\"purpose\": \"marketing\"").doesNotContain("ticket"));
        TestTokens.as(Roles.SALES)
                .get("/api/v1/exports/" + export + "/accesses")
                .then()
                .statusCode(403);
    }

    @Test
    @DisplayName("r27, r30: a reason is a code: the log outlives the data, so nobody's name gets into it")
    void refuseAReasonThatCouldNameSomebody() {
        String asked = Desk.body("\"columns\":[\"id\"],\"customerIds\":[\"%s\"]".formatted(customer("")));
        for (String reason :
                List.of("Обзвон Анны Петровой", "Anna", "a@example.ru", "call:89120000001", "ticket: 17", "")) {
            Desk.send(Roles.ADMIN, asked.replace("ticket:17", reason))
                    .then()
                    .statusCode(400)
                    .body("errors[0].pointer", equalTo("/reason"))
                    .body("errors[0].detail", notNullValue());
        }
        Desk.send(Roles.ADMIN, asked.replace("ticket:17", "warranty-ends:CRM-17"))
                .then()
                .statusCode(202);
    }

    @Test
    @DisplayName("B2: no copy stays: the file of an export is destroyed after its time")
    void b02DeleteTheFileAfterItsTime() {
        String export = desk.ready("\"columns\":[\"id\"]", customer(""));
        get(export).then().body("expiresAt", notNullValue());
        shop.text("update export set expires_at = now() where id = $1 returning id::text", UUID.fromString(export));
        worker.run();
        get(export).then().body("state", equalTo("DELETED"));
        assertThat(shop.count(
                        "select (select count(*) from export_piece where export_id = $1)"
                                + " + (select count(*) from export_member where export_id = $1)",
                        UUID.fromString(export)))
                .isZero();
    }

    private UUID customer(String more) {
        return Desk.customer(name, phone, more);
    }
}
