package io.snowball.customer.imports;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.imports.Uploads.anImport;
import static io.snowball.customer.imports.Uploads.announce;
import static io.snowball.customer.imports.Uploads.announced;
import static io.snowball.customer.imports.Uploads.completed;
import static io.snowball.customer.imports.Uploads.errors;
import static io.snowball.customer.imports.Uploads.preview;
import static io.snowball.customer.imports.Uploads.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.snowball.customer.Shop;
import io.snowball.customer.file.Workbooks;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as Russian shops have them: G5, H1. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ImportFormatsTest {
    private static final Charset WINDOWS_1251 = Charset.forName("windows-1251");

    @Inject
    Shop shop;

    @Inject
    ContentImport contentImport;

    @Nested
    class Csv {
        @Test
        void findsOutDelimiterAndEncodingAndTakesTheColumnsThatAreMapped() {
            String customer = unique("c");
            String csv = "Код;Имя;Фамилия;external_id\n%1$s;Анна;Иванова;не он\n%1$s-2;Пётр;;\n".formatted(customer);
            String id = announced("""
                    {"kind":"CUSTOMERS","format":"CSV","columns":{"код":"external_id","Имя":"first_name","ФАМИЛИЯ":"last_name"}}""");
            JsonPath shown = preview(id, csv.getBytes(WINDOWS_1251))
                    .then()
                    .statusCode(200)
                    .body("delimiter", equalTo(";"))
                    .body("encoding", equalTo("WINDOWS_1251"))
                    .body("missing", hasSize(0))
                    .body("columns[0].heading", equalTo("Код"))
                    .body("columns[0].column", equalTo("external_id"))
                    .body("columns[3].column", nullValue())
                    .body("rows", hasSize(2))
                    .extract()
                    .jsonPath();
            assertThat(shown.getString("rows[0][1]")).isEqualTo("Анна");
            assertThat(status(id).getString("state")).isEqualTo("CREATED");
            assertThat(completed(id, csv.getBytes(WINDOWS_1251)).getLong("accepted"))
                    .isEqualTo(2);
            assertThat(shop.count(
                            "select count(*) from customer c join identity i on i.customer_id = c.id where i.key = $1 and c.first_name = 'Анна'",
                            customer))
                    .isEqualTo(1);
        }

        @Test
        void showsWhatIsMissing() {
            String id = anImport("ORDERS", "CSV");
            preview(id, "Заказ,customer_id\n1,2\n".getBytes(UTF_8))
                    .then()
                    .statusCode(200)
                    .body("delimiter", equalTo(","))
                    .body("encoding", equalTo("UTF_8"))
                    .body("missing", equalTo(java.util.List.of("order_id", "ordered_at")));
            preview(id, new byte[0]).then().statusCode(400).body("type", equalTo("/problems/file-refused"));
            preview(anImport("ORDERS", "NDJSON"), new byte[0]).then().statusCode(415);
        }

        @Test
        void takesTimesWithoutOffsetByTheClockOfTheShop() {
            String customer = unique("c");
            UUID id = Shop.customer(customer);
            String order = unique("o");
            String csv = """
                    order_id,customer_id,ordered_at,amount,shop,payment_method
                    %1$s-1,%2$s,2026-01-02 03:04:05,1,msk,card
                    %1$s-2,%2$s,2026-01-02,1,,
                    %1$s-3,%2$s,2026-01-02T03:04:05+03:00,1,,
                    """.formatted(order, customer);
            completed(
                    announced("{\"kind\":\"ORDERS\",\"format\":\"CSV\",\"timeZone\":\"Asia/Yekaterinburg\"}"),
                    csv.getBytes(UTF_8));
            assertThat(shop.events(id, "order.changed"))
                    .satisfiesExactlyInAnyOrder(
                            event -> assertThat(event)
                                    .contains("\"orderedAt\": \"2026-01-01T22:04:05Z\"", "\"shop\": \"msk\"", "card"),
                            event -> assertThat(event).contains("\"orderedAt\": \"2026-01-01T19:00:00Z\""),
                            event -> assertThat(event).contains("\"orderedAt\": \"2026-01-02T00:04:05Z\""));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"columns\":{\"a\":\"secret\"}",
                    "\"columns\":{\"a\":\"order_id\",\"b\":\"order_id\"}",
                    "\"timeZone\":\"Mars/Olympus\"",
                    "\"encoding\":\"KOI8_R\"",
                })
        void refusesToReadAFileAsItCannotBe(String setting) {
            announce(Ids.next(), "{\"kind\":\"ORDERS\",\"format\":\"CSV\"," + setting + "}")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json");
        }
    }

    @Nested
    class DryRun {
        @Test
        void tellsWhatWouldBeDoneAndStoresNothing() {
            String customer = unique("c");
            String csv = "external_id,email\n%1$s-1,%1$s@example.ru\n%1$s-2,nothing\n".formatted(customer);
            String rehearsal = announced("{\"kind\":\"CUSTOMERS\",\"format\":\"CSV\",\"dryRun\":true}");
            JsonPath done = completed(rehearsal, csv.getBytes(UTF_8));
            assertThat(done.getBoolean("dryRun")).isTrue();
            assertThat(done.getLong("accepted")).isEqualTo(1);
            assertThat(errors(rehearsal)).hasSize(1);
            assertThat(shop.count("select count(*) from identity where key like $1", customer + "%"))
                    .isZero();

            UUID id = Shop.customer(customer);
            String order = unique("o");
            String orders =
                    "order_id,customer_id,ordered_at,amount\n%1$s,%2$s,2026-01-02T03:04:05Z,1\n%1$s-2,nobody,2026-01-02T03:04:05Z,1\n"
                            .formatted(order, customer);
            done = completed(
                    announced("{\"kind\":\"ORDERS\",\"format\":\"CSV\",\"dryRun\":true}"), orders.getBytes(UTF_8));
            assertThat(done.getLong("accepted")).isEqualTo(1);
            assertThat(done.getLong("rejected")).isEqualTo(1);
            assertThat(shop.count("select count(*) from orders where external_id like $1", order + "%"))
                    .isZero();
            assertThat(shop.events(id, "order.changed")).isEmpty();
            assertThat(completed(anImport("ORDERS", "CSV"), orders.getBytes(UTF_8))
                            .getLong("accepted"))
                    .isEqualTo(1);
        }
    }

    @Nested
    class ErrorFile {
        @Test
        void hasLineFieldAndReasonButNoValue() {
            String id = anImport("CUSTOMERS", "CSV");
            completed(id, "external_id,email\nx,=secret;1\n,a@example.ru\n".getBytes(UTF_8));
            String file = TestTokens.as(Roles.MARKETER)
                    .get("/api/v1/imports/" + id + "/error-file")
                    .then()
                    .statusCode(200)
                    .header("Content-Type", containsString("text/csv"))
                    .header("Content-Disposition", containsString("attachment"))
                    .extract()
                    .asString();
            assertThat(file.replace("\uFEFF", "").split("\r\n"))
                    .containsExactly(
                            "line;field;reason",
                            "2;email;must be an e-mail address such as anna@example.ru",
                            "3;external_id;is required");
            TestTokens.as(Roles.ADMIN)
                    .get("/api/v1/imports/" + Ids.next() + "/error-file")
                    .then()
                    .statusCode(404);
        }
    }

    @Nested
    class Xlsx {
        private static final String HEADER =
                "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Код</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>birthday</t></is></c></row>";

        @Test
        void readsTheFirstSheet() throws IOException {
            String customer = unique("c");
            byte[] workbook = Workbooks.withRows(HEADER
                    + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>%s</t></is></c><c r=\"B2\" s=\"1\"><v>32000</v></c></row>"
                            .formatted(customer)
                    + "<row r=\"3\"><c r=\"B3\"><v>abc</v></c></row>");
            String id = announced("{\"kind\":\"CUSTOMERS\",\"format\":\"XLSX\",\"columns\":{\"Код\":\"external_id\"}}");
            preview(id, workbook).then().statusCode(200).body("rows[0][1]", equalTo("1987-08-11"));
            JsonPath done = completed(id, workbook);
            assertThat(done.getLong("accepted")).isEqualTo(1);
            assertThat(errors(id)).singleElement().asString().startsWith("3 null a cell has no value");
            assertThat(shop.count(
                            "select count(*) from customer c join identity i on i.customer_id = c.id where i.key = $1 and c.birth_on = '1987-08-11'",
                            customer))
                    .isEqualTo(1);
        }
    }
}
