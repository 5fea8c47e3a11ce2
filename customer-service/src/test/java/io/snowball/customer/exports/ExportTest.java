package io.snowball.customer.exports;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.Shop.uniquePhone;
import static io.snowball.customer.exports.Desk.ask;
import static io.snowball.customer.exports.Desk.body;
import static io.snowball.customer.exports.Desk.download;
import static io.snowball.customer.exports.Desk.get;
import static io.snowball.customer.exports.Desk.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.customer.file.FileRefusedException;
import io.snowball.customer.file.RecordReader;
import io.snowball.customer.file.SheetTable;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of customers that leave the house. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ExportTest {
    @Inject
    Shop shop;

    @Inject
    Desk desk;

    @Inject
    ExportWorker worker;

    String name = unique("c");
    String phone = uniquePhone();

    @Test
    void areCsvInTheChosenColumnsAndOrderWithTheMarkOfUtf8() {
        UUID anna = customer("\"firstName\":\"Анна; \\\"A\\\"\",\"lastName\":\"Иванова\"");
        String export =
                desk.ready("\"columns\":[\"phone\",\"external_id\",\"last_name\",\"first_name\",\"email\"]", anna);
        Response file = download(Roles.ADMIN, export);
        file.then()
                .statusCode(200)
                .header("Content-Disposition", containsString(export + ".csv"))
                .header("Cache-Control", equalTo("no-store"));
        assertThat(new String(file.asByteArray(), StandardCharsets.UTF_8))
                .isEqualTo("\uFEFFphone;external_id;last_name;first_name;email\r\n" + phone.substring(1) + ";" + name
                        + ";Иванова;\"Анна; \"\"A\"\"\";\r\n");
    }

    @Test
    void areInWindows1251WithCommasWhereAskedFor() {
        UUID anna = customer("\"firstName\":\"Анна, 你\"");
        String export =
                desk.ready("\"columns\":[\"first_name\"],\"delimiter\":\",\",\"encoding\":\"WINDOWS_1251\"", anna);
        assertThat(new String(download(Roles.ADMIN, export).asByteArray(), Charset.forName("windows-1251")))
                .isEqualTo("first_name\r\n\"Анна, ?\"\r\n");
    }

    @Test
    void haveDetailsAndOwnAttributes() {
        String attribute = "size_" + Ids.next().toString().substring(24);
        TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"type\":\"NUMBER\",\"personal\":false}")
                .put("/api/v1/attributes/" + attribute)
                .then()
                .statusCode(200);
        UUID anna = customer("""
                "sex":"FEMALE","address":{"city":"Омск","street":"Ленина, 1"},"utm":{"source":"yandex"},"device":{"os":"Android"},
                "childrenBirthdays":["2019-02-01","2025-11-30"],"preferredChannel":"EMAIL","attributes":{"%s":38}
                """.formatted(attribute));
        String export = desk.ready(
                "\"columns\":[\"sex\",\"city\",\"street\",\"utm_source\",\"os\",\"children_birthdays\",\"preferred_channel\",\"attribute.%s\"]"
                        .formatted(attribute),
                anna);
        assertThat(download(Roles.ADMIN, export).asString())
                .endsWith("\r\nFEMALE;Омск;Ленина, 1;yandex;Android;2019-02-01, 2025-11-30;EMAIL;38\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)"})
    @DisplayName("OWASP: no cell is a formula, in CSV and XLSX")
    void makeFormulasHarmless(String formula) throws IOException, FileRefusedException {
        UUID evil = customer("\"lastName\":\"%s\"".formatted(formula));
        String csv = desk.ready("\"columns\":[\"last_name\"]", evil);
        assertThat(download(Roles.ADMIN, csv).asString()).contains("\r\n'" + formula);
        String xlsx = desk.ready("\"columns\":[\"last_name\"],\"format\":\"XLSX\"", evil);
        assertThat(rows(download(Roles.ADMIN, xlsx).asByteArray())).containsExactly("last_name", "'" + formula);
    }

    @Test
    void areWorkbooksThatComeInPieces() throws IOException, FileRefusedException {
        List<UUID> many = IntStream.range(0, 1500).mapToObj(_ -> Ids.next()).toList();
        shop.text(
                "with c as (insert into customer (id, version, first_name, registered_at, recorded_at) select i, 1, 'n' || i, now(), now()"
                        + " from unnest($1::uuid[]) as i returning id) select count(*)::text from c",
                (Object) many.toArray(UUID[]::new));
        String export =
                desk.ready("\"format\":\"XLSX\",\"columns\":[\"id\",\"first_name\"]", many.toArray(UUID[]::new));
        get(export).then().body("rows", equalTo(1500)).body("bytes", notNullValue());
        assertThat(rows(download(Roles.ADMIN, export).asByteArray()))
                .hasSize(1501)
                .contains(many.get(777) + "|n" + many.get(777));
    }

    @Test
    void followOldIdsAndHaveEverybodyOnce() {
        UUID stays = customer("\"firstName\":\"Анна\"");
        UUID goes = Shop.customer(unique("c"));
        TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"customerId\":\"%s\",\"mergedCustomerId\":\"%s\"}".formatted(stays, goes))
                .post("/api/v1/merges")
                .then()
                .statusCode(201);
        String export = desk.ready("\"columns\":[\"id\"]", stays, goes, Ids.next());
        assertThat(download(Roles.ADMIN, export).asString()).isEqualTo("\uFEFFid\r\n" + stays + "\r\n");
    }

    @Test
    void haveWhoWasMergedAfterTheRequestOnce() {
        UUID stays = customer("");
        UUID one = Shop.customer(unique("c"));
        UUID two = Shop.customer(unique("c"));
        String export = ask(Roles.ADMIN, "\"columns\":[\"id\"]", one, two);
        for (UUID goes : List.of(one, two)) {
            TestTokens.as(Roles.ADMIN)
                    .contentType(ContentType.JSON)
                    .body("{\"customerId\":\"%s\",\"mergedCustomerId\":\"%s\"}".formatted(stays, goes))
                    .post("/api/v1/merges")
                    .then()
                    .statusCode(201);
        }
        worker.run();
        assertThat(download(Roles.ADMIN, export).asString()).isEqualTo("\uFEFFid\r\n" + stays + "\r\n");
    }

    /** As our own import reads it: row by row, the cells joined. */
    private static List<String> rows(byte[] workbook) throws IOException, FileRefusedException {
        Path file = Files.createTempFile("export-", ".xlsx");
        try {
            Files.write(file, workbook);
            List<String> rows = new ArrayList<>();
            try (SheetTable table = new SheetTable(file, new RecordReader.Limits(1 << 20, 200))) {
                while (table.next()) {
                    rows.add(IntStream.range(0, table.width())
                            .mapToObj(table::text)
                            .collect(Collectors.joining("|")));
                }
            }
            return rows;
        } finally {
            Files.delete(file);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"columns\":[]",
                "\"columns\":[\"password\"]",
                "\"columns\":[\"attribute.nobody\"]",
                "\"columns\":[\"id\",\"id\"]",
                "\"purpose\":\"\"",
                "\"purpose\":\"Реклама\"",
                "\"reason\":\" \"",
                "\"delimiter\":\"|\"",
                "\"format\":\"PDF\"",
                "\"customerIds\":[]",
                "\"customerIds\":null",
                "\"segmentId\":\"01890a5d-ac96-774b-bcce-b302099a8057\""
            })
    void refusesAWrongRequest(String field) {
        // Of a field that comes twice the last one counts.
        post(Roles.ADMIN, "\"columns\":[\"id\"],\"customerIds\":[\"" + Ids.next() + "\"]," + field)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void wantsAKeyAndAnswersARepetitionWithTheSameExport() {
        String key = Ids.next().toString();
        String body = body("\"columns\":[\"id\"],\"customerIds\":[\"" + Ids.next() + "\"]");
        var request = TestTokens.as(Roles.ADMIN).contentType(ContentType.JSON).body(body);
        request.post("/api/v1/exports").then().statusCode(400);
        String first =
                request.header("Idempotency-Key", key).post("/api/v1/exports").path("id");
        assertThat(TestTokens.as(Roles.ADMIN)
                        .contentType(ContentType.JSON)
                        .body(body)
                        .header("Idempotency-Key", key)
                        .post("/api/v1/exports")
                        .<String>path("id"))
                .isEqualTo(first);
        TestTokens.as(Roles.ANALYST)
                .contentType(ContentType.JSON)
                .body(body)
                .header("Idempotency-Key", key)
                .post("/api/v1/exports")
                .then()
                .statusCode(403);
    }

    private UUID customer(String more) {
        return Desk.customer(name, phone, more);
    }
}
