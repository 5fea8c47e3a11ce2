package io.snowball.customer.exports;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.Shop.uniquePhone;
import static io.snowball.customer.exports.Desk.accesses;
import static io.snowball.customer.exports.Desk.as;
import static io.snowball.customer.exports.Desk.ask;
import static io.snowball.customer.exports.Desk.decide;
import static io.snowball.customer.exports.Desk.download;
import static io.snowball.customer.exports.Desk.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.customer.Shop;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may have what: r32. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ExportRightsTest {
    @Inject
    Shop shop;

    @Inject
    Desk desk;

    @Inject
    ExportWorker worker;

    String name = unique("c");
    String phone = uniquePhone();

    @Test
    @DisplayName("r32: who may not see personal data gets them masked, and needs nobody's approval for that")
    void maskForAMarketer() {
        UUID anna = customer("\"firstName\":\"Анна\",\"lastName\":\"Иванова\",\"birthday\":\"1990-05-17\"");
        String export = ask(Roles.MARKETER, "\"columns\":[\"phone\",\"last_name\",\"birthday\"]", anna);
        worker.run();
        get(export).then().body("state", equalTo("READY")).body("masked", equalTo(true));
        assertThat(download(Roles.MARKETER, export).asString())
                .contains("7********" + phone.substring(10) + ";И.;\r\n")
                .doesNotContain(phone.substring(1));
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/exports/" + export + "/content")
                .then()
                .statusCode(403);
        String clear = desk.ready("\"columns\":[\"phone\"]", anna);
        download(Roles.MARKETER, clear).then().statusCode(403).body("type", equalTo("/problems/export-not-yours"));
    }

    @Test
    @DisplayName("r32: a second person has to approve many people's data in the clear")
    void needFourEyesForManyPeople() {
        UUID[] many = people(101);
        String export = ask(Roles.ADMIN, "\"columns\":[\"phone\"]", many);
        worker.run();
        get(export).then().body("state", equalTo("AWAITING_APPROVAL")).body("customers", equalTo(101));
        download(Roles.ADMIN, export).then().statusCode(409);
        decide(TestTokens.token(Roles.ADMIN), export, "APPROVE")
                .then()
                .statusCode(403)
                .body("type", equalTo("/problems/four-eyes"));
        decide(desk.another(Roles.SALES), export, "APPROVE").then().statusCode(403);
        decide(desk.another(Roles.DPO), export, "APPROVE")
                .then()
                .statusCode(200)
                .body("state", equalTo("WRITING"))
                .body("decidedBy", equalTo("somebody-else"));
        decide(desk.another(Roles.DPO), export, "REJECT").then().statusCode(409);
        worker.run();
        get(export).then().body("state", equalTo("READY")).body("rows", equalTo(101));
        accesses(export)
                .then()
                .body("items.action", contains("REQUESTED", "APPROVED", "APPROVED", "WRITTEN"))
                .body("items.result", contains("DONE", "REFUSED", "DONE", "DONE"))
                .body("items.customers", contains(101, 101, 101, 101));
        String ids = ask(Roles.ADMIN, "\"columns\":[\"id\",\"city\"]", many);
        get(ids).then().body("state", equalTo("WRITING"));
    }

    @Test
    void forgetWhatNobodyApproved() {
        String rejected = ask(Roles.ADMIN, "\"columns\":[\"phone\"]", people(101));
        decide(desk.another(Roles.DPO), rejected, "REJECT").then().statusCode(200);
        String forgotten = ask(Roles.ADMIN, "\"columns\":[\"phone\"]", people(101));
        shop.text(
                "update export set requested_at = now() - interval '73 hours' where id = $1 returning id::text",
                UUID.fromString(forgotten));
        worker.run();
        get(forgotten).then().body("state", equalTo("REJECTED"));
        assertThat(shop.count("select count(*) from export_member where export_id = any($1)", (Object)
                        new UUID[] {UUID.fromString(rejected), UUID.fromString(forgotten)}))
                .isZero();
    }

    @Test
    void showAnExportToWhoAskedAndTheOfficers() {
        String export = desk.ready("\"columns\":[\"id\"]", customer(""));
        as(desk.another(Roles.SALES)).get("/api/v1/exports/" + export).then().statusCode(403);
        as(desk.another(Roles.SALES))
                .get("/api/v1/exports/" + export + "/content")
                .then()
                .statusCode(403);
        as(desk.another(Roles.SALES)).delete("/api/v1/exports/" + export).then().statusCode(403);
        as(desk.another(Roles.DPO)).get("/api/v1/exports/" + export).then().statusCode(200);
        as(desk.another(Roles.SALES))
                .get("/api/v1/exports?limit=200")
                .then()
                .statusCode(200)
                .body("items.id", not(hasItem(export)));
        as(desk.another(Roles.DPO)).get("/api/v1/exports?limit=200").then().body("items.id", hasItem(export));
        TestTokens.as(Roles.SALES).get("/api/v1/exports/" + Ids.next()).then().statusCode(404);
    }

    private UUID[] people(int count) {
        return Stream.generate(() -> Shop.customer(unique("c"))).limit(count).toArray(UUID[]::new);
    }

    private UUID customer(String more) {
        return Desk.customer(name, phone, more);
    }
}
