package io.snowball.customer.imports;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.imports.Uploads.anImport;
import static io.snowball.customer.imports.Uploads.announce;
import static io.snowball.customer.imports.Uploads.completed;
import static io.snowball.customer.imports.Uploads.errors;
import static io.snowball.customer.imports.Uploads.preview;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole profiles out of files: G5, G7, H1. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ProfileImportTest {
    private static final String COLUMNS =
            "external_id;time_zone;time_zone_source;children_birthdays;country;region;city;"
                    + "street;postal_code;utm_source;utm_medium;utm_campaign;device_type;browser;os;social_accounts;"
                    + "preferred_channel;attribute.%1$s_size;attribute.%1$s_member;attribute.%1$s_note\n";

    private final String attribute =
            "a" + Ids.next().toString().replace("-", "").substring(16);

    private void declare() {
        declare("size", "{\"type\":\"NUMBER\",\"personal\":false}");
        declare("member", "{\"type\":\"BOOLEAN\",\"personal\":false}");
        declare("note", "{\"type\":\"TEXT\",\"personal\":true}");
    }

    private void declare(String name, String body) {
        TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body(body)
                .put("/api/v1/attributes/" + attribute + "_" + name)
                .then()
                .statusCode(200);
    }

    @Test
    void takesEveryFieldOfAProfileAndTheDeclaredAttributes() {
        declare();
        String customer = unique("c");
        String csv = COLUMNS.formatted(attribute) + customer
                + ";Asia/Omsk;delivery_address;2018-07-09 | 2015-03-01;RU;Омская область;Омск;ул. Ленина, 1;644000;"
                + "yandex;cpc;spring;smartphone;Chrome;Android;https://vk.com/anna|anna_k;telegram;38.50;да;любит чай\n"
                + customer + "-2;Asia/Omsk;;;;;;;;;;;;;;;;;;\n";
        String id = anImport("CUSTOMERS", "CSV");
        preview(id, csv.getBytes(UTF_8))
                .then()
                .statusCode(200)
                .body("columns[17].column", equalTo("attribute." + attribute + "_size"));
        assertThat(completed(id, csv.getBytes(UTF_8)).getLong("accepted")).isEqualTo(2);
        assertThat(completed(id, csv.getBytes(UTF_8)).getLong("unchanged")).isEqualTo(2);

        found(customer)
                .body("items[0].childrenBirthdays", equalTo(List.of("2015-03-01", "2018-07-09")))
                .body("items[0].address.city", equalTo("Омск"))
                .body("items[0].address.street", equalTo("ул. Ленина, 1"))
                .body("items[0].timeZoneSource", equalTo("DELIVERY_ADDRESS"))
                .body("items[0].utm.campaign", equalTo("spring"))
                .body("items[0].device.os", equalTo("Android"))
                .body("items[0].socialAccounts", equalTo(List.of("https://vk.com/anna", "anna_k")))
                .body("items[0].preferredChannel", equalTo("TELEGRAM"))
                .body("items[0].attributes." + attribute + "_size", equalTo(38.5f))
                .body("items[0].attributes." + attribute + "_member", equalTo(true))
                .body("items[0].attributes." + attribute + "_note", equalTo("любит чай"));
        found(customer + "-2")
                .body("items[0].timeZoneSource", equalTo("TOLD"))
                .body("items[0].address", nullValue())
                .body("items[0].utm", nullValue())
                .body("items[0].device", nullValue());
    }

    @Test
    void namesTheColumnOfEachValueThatDoesNotFit() {
        declare();
        String customer = unique("c");
        String line = "\n{\"external_id\":\"" + customer + "\",\"%s\":\"%s\"}";
        String ndjson = (line.formatted("time_zone_source", "PHONE")
                        + line.formatted("children_birthdays", "2015-03-01,2018-07-09")
                        + line.formatted("city", "x".repeat(101))
                        + line.formatted("utm_term", "x".repeat(101))
                        + line.formatted("os", "x".repeat(51))
                        + line.formatted("social_accounts", "a|".repeat(25))
                        + line.formatted("preferred_channel", "PIGEON")
                        + line.formatted("attribute." + attribute + "_size", "large")
                        + line.formatted("attribute." + attribute + "_member", "perhaps")
                        + line.formatted("attribute.undeclared", "1"))
                .strip();
        String id = anImport("CUSTOMERS", "NDJSON");
        assertThat(completed(id, ndjson.getBytes(UTF_8)).getLong("rejected")).isEqualTo(9);
        assertThat(errors(id))
                .containsExactly(
                        "1 time_zone_source must be one of [TOLD, DELIVERY_ADDRESS, DEVICE, LANDLINE_NUMBER]",
                        "2 children_birthdays must be a day such as 1990-05-17",
                        "3 address must have at most 100 characters",
                        "4 utm must have at most 100 characters",
                        "5 device must have at most 50 characters",
                        "6 social_accounts must be at most 20",
                        "7 preferred_channel must be one of [EMAIL, SMS, PUSH, TELEGRAM, VK, WHATSAPP, MAX, CALL, POST]",
                        "8 attribute." + attribute + "_size must be a number",
                        "9 attribute." + attribute + "_member must be true or false");
    }

    @Test
    void mapsAColumnOfTheFileToADeclaredAttributeOnly() {
        declare();
        String mapping = "{\"kind\":\"CUSTOMERS\",\"format\":\"XLSX\",\"columns\":{\"Размер\":\"attribute.%s\"}}";
        announce(Ids.next(), mapping.formatted(attribute + "_size")).then().statusCode(201);
        announce(Ids.next(), mapping.formatted("undeclared")).then().statusCode(400);
    }

    private ValidatableResponse found(String customer) {
        return TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"externalId\":\"%s\"}".formatted(customer))
                .post("/api/v1/customer-searches")
                .then()
                .statusCode(200);
    }
}
