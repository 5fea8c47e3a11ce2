package io.snowball.customer.imports;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.imports.Uploads.anImport;
import static io.snowball.customer.imports.Uploads.announced;
import static io.snowball.customer.imports.Uploads.completed;
import static io.snowball.customer.imports.Uploads.errors;
import static io.snowball.customer.imports.Uploads.put;
import static io.snowball.customer.imports.Uploads.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.snowball.customer.Shop;
import io.snowball.customer.file.Workbooks;
import io.snowball.platform.problem.ProblemException;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files as nobody should send them: a clear refusal that says what to do, in bounded memory, and the service lives on (A8, G5, H1). */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class HostileFileTest {
    private static final String HEADER =
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>external_id</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>first_name</t></is></c></row>";

    @Inject
    Shop shop;

    @Inject
    ContentImport contentImport;

    @Test
    void readsOnBehindLinesThatCannotBeRead() {
        String customer = unique("c");
        Shop.customer(customer);
        String good = "%s,%s,2026-01-02T03:04:05Z,10\n".formatted(unique("o"), customer);
        String csv = "order_id,customer_id,ordered_at,amount\n" + "x".repeat(10_000_000) + "\n\"" + good + "Имя,a,b,c\n"
                + good + "a\u0000b," + customer + ",2026-01-02T03:04:05Z,10\n";
        String announced = announced("{\"kind\":\"ORDERS\",\"format\":\"CSV\",\"encoding\":\"UTF_8\"}");
        JsonPath done = completed(announced, csv.getBytes(Charset.forName("windows-1251")));
        assertThat(done.getLong("accepted")).isEqualTo(1);
        assertThat(errors(announced))
                .containsExactly(
                        "2 null the line is longer than 1048576 bytes",
                        "3 null a quotation mark is not closed",
                        "4 order_id is not UTF-8: save the file in UTF-8",
                        "6 order_id must not contain control characters");
    }

    @Test
    void refusesAFileThatIsNotWhatWasAnnounced() {
        String announced = anImport("ORDERS", "CSV");
        put(announced, "order_id;customer_id\n".getBytes(UTF_8))
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/file-refused"))
                .body("detail", containsString("ordered_at"));
        status(announced);
        assertThat(status(announced).getString("state")).isEqualTo("FAILED");
        assertThat(status(announced).getString("failure")).contains("ordered_at");
        put(announced, ("order_id" + ",x".repeat(1999) + "\n").getBytes(UTF_8))
                .then()
                .statusCode(400)
                .body("detail", containsString("more than 200 columns"));
        put(announced, new byte[0]).then().statusCode(400);
        byte[] binary = new byte[3_000_000];
        new Random(1).nextBytes(binary);
        put(announced, binary).then().statusCode(400);
        TestTokens.as(Roles.ADMIN)
                .contentType("application/x-ndjson")
                .body("{}".getBytes(UTF_8))
                .put("/api/v1/imports/" + announced + "/content")
                .then()
                .statusCode(415)
                .body("type", equalTo("/problems/wrong-format"));
    }

    @Test
    void keepsTheFirstTenThousandErrorsAndCountsAll() {
        String announced = anImport("ORDERS", "NDJSON");
        assertThat(completed(announced, "x\n".repeat(25_000).getBytes(UTF_8)).getLong("rejected"))
                .isEqualTo(25_000);
        assertThat(shop.count("select count(*) from import_error where import_id = $1", UUID.fromString(announced)))
                .isEqualTo(10_000);
    }

    @Test
    @DisplayName("A million columns, by commas or by name, are refused")
    void refusesAMillionColumns() {
        String announced = anImport("CUSTOMERS", "CSV");
        put(announced, ",".repeat(1_000_000).getBytes(UTF_8))
                .then()
                .statusCode(400)
                .body("detail", containsString("more than 200 columns: leave out what is not needed"));
        put(announced, ("external_id" + ",c".repeat(1_000_000) + "\n1\n").getBytes(UTF_8))
                .then()
                .statusCode(400)
                .body("detail", containsString("The first line can't be read as column names"));
        stillTakesAFile();
    }

    /** PostgreSQL would refuse the whole statement, and with it the chunk's other records. */
    @ParameterizedTest
    @EnumSource(ImportKind.class)
    @DisplayName("U+0000 in any column costs its line only")
    void losesOnlyTheLineWithANul(ImportKind kind) {
        List<String> names = kind.columns().names();
        String customer = unique("c");
        Shop.customer(customer);
        Map<String, String> needed =
                Map.of("customer_id", customer, "ordered_at", "2026-01-02T03:04:05Z", "sku", "a", "price", "1");
        StringBuilder csv = new StringBuilder(String.join(";", names)).append('\n');
        for (int nul = 0; nul < names.size(); nul++) {
            List<String> fields = new ArrayList<>(names);
            fields.replaceAll(name -> needed.getOrDefault(name, ""));
            fields.set(0, unique("x"));
            fields.set(nul, "a\u0000b");
            csv.append(String.join(";", fields)).append('\n');
        }
        String announced = announced("{\"kind\":\"%s\",\"format\":\"CSV\",\"delimiter\":\";\"}".formatted(kind));
        JsonPath done = completed(announced, csv.toString().getBytes(UTF_8));
        assertThat(done.getLong("rejected")).isEqualTo(names.size());
        assertThat(done.getLong("accepted")).isZero();
        assertThat(errors(announced)).hasSize(names.size()).noneMatch(error -> error.contains("\u0000"));
        stillTakesAFile();
    }

    @Test
    @DisplayName("One line of 300 MB is passed over without being held")
    void holdsNoMoreOfALineThanALineMayHave() {
        String order = unique("o");
        String customer = unique("c");
        Shop.customer(customer);
        String piece = "x".repeat(1 << 20);
        int pieces = 300;
        Rows file = new Rows(
                pieces + 2,
                n -> n == 0
                        ? "order_id,customer_id,ordered_at,amount\n"
                        : n <= pieces ? piece : "\n%s,%s,2026-01-02T03:04:05Z,1\n".formatted(order, customer));
        Heap heap = new Heap();
        for (int n = 50; n <= pieces; n += 50) {
            file.whenAt(n, heap::look);
        }
        String announced = anImport("ORDERS", "CSV");
        contentImport.run(contentImport.announced(UUID.fromString(announced)), "text/csv", file);
        assertThat(errors(announced)).containsExactly("2 null the line is longer than 1048576 bytes");
        assertThat(shop.count("select count(*) from orders where external_id = $1", order))
                .isEqualTo(1);
        heap.heldAtMost(30L << 20);
    }

    @Test
    void refusesAWorkbookOfTwoThousandColumnsOrWithAnExternalEntity() throws IOException {
        StringBuilder wide = new StringBuilder("<row r=\"1\">");
        for (int i = 0; i < 2000; i++) {
            wide.append("<c t=\"inlineStr\"><is><t>c").append(i).append("</t></is></c>");
        }
        String announced = anImport("CUSTOMERS", "XLSX");
        put(announced, Workbooks.withRows(wide + "</row>"))
                .then()
                .statusCode(400)
                .body("detail", containsString("more than 200 columns: leave out what is not needed"));
        String entity = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>"
                + "<worksheet><sheetData>" + HEADER
                + "<row r=\"2\"><c t=\"inlineStr\"><is><t>&a;</t></is></c></row></sheetData></worksheet>";
        put(announced, Workbooks.withSheet(out -> out.write(entity.getBytes(UTF_8))))
                .then()
                .statusCode(400)
                .body("detail", containsString("no spreadsheet program writes: save it as CSV"));
        stillTakesAFile();
    }

    @Test
    @DisplayName(
            "A million empty rows are passed over; a formula that was never counted is not taken for an empty cell")
    void readsPastEmptyRowsAndReportsFormulasWithoutValue() throws IOException {
        String customer = unique("c");
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 2; i <= 1_000_001; i++) {
            rows.append("<row r=\"").append(i).append("\"><c r=\"A").append(i).append("\" s=\"1\"/></row>");
        }
        rows.append("<row r=\"1000002\"><c r=\"A1000002\" t=\"str\"><f>\"a\"&amp;\"b\"</f><v>%s</v></c></row>"
                .formatted(customer));
        rows.append("<row r=\"1000003\"><c r=\"A1000003\"><f>A2</f><v></v></c></row>");
        String announced = anImport("CUSTOMERS", "XLSX");
        JsonPath done = completed(announced, Workbooks.withRows(rows.toString()));
        assertThat(done.getLong("accepted")).isEqualTo(1);
        assertThat(errors(announced))
                .containsExactly(
                        "1000003 null a cell has a formula without its value: open the workbook in a spreadsheet program and save it");
        assertThat(shop.count("select count(*) from identity where key = $1", customer))
                .isEqualTo(1);
    }

    private static void stillTakesAFile() {
        assertThat(completed(anImport("CUSTOMERS", "CSV"), ("external_id\n" + unique("c") + "\n").getBytes(UTF_8))
                        .getLong("accepted"))
                .isEqualTo(1);
    }

    @Test
    void refusesAZipBombAndOtherFilesAndLivesOn() throws IOException {
        String id = anImport("CUSTOMERS", "XLSX");
        put(id, Workbooks.bomb(HEADER + "<row><c><v>", "0", 30 << 20))
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/file-refused"));
        put(id, "external_id\n1\n".getBytes(UTF_8))
                .then()
                .statusCode(400)
                .body("detail", containsString("not an Excel workbook"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> contentImport.run(
                        contentImport.announced(UUID.fromString(id)),
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        new ByteArrayInputStream(new byte[60_000_000])))
                .withMessageContaining("save it as CSV");
        put(anImport("CUSTOMERS", "CSV"), Workbooks.withRows(HEADER))
                .then()
                .statusCode(400)
                .body("detail", containsString("XLSX"));
        assertThat(status(id).getString("state")).isEqualTo("FAILED");
    }

    /** What the heap holds is measured after a collection, in the middle of the file again and again. */
    @Test
    void needsFarLessHeapThanAFileOfAHundredMegabytes() {
        String customer = unique("c");
        Shop.customer(customer);
        String order = unique("o");
        String comment = "x".repeat(8_000);
        int rows = 15_000;
        Rows file = new Rows(
                rows,
                n ->
                        "{\"order_id\":\"%s-%d\",\"customer_id\":\"%s\",\"ordered_at\":\"2026-01-02T03:04:05Z\",\"amount\":1,\"comment\":\"%s\"}\n"
                                .formatted(order, n, customer, comment));
        Heap heap = new Heap();
        for (int n = 1_000; n < rows; n += 1_000) {
            file.whenAt(n, heap::look);
        }
        contentImport.run(
                contentImport.announced(UUID.fromString(anImport("ORDERS", "NDJSON"))), "application/x-ndjson", file);
        assertThat(shop.count("select count(*) from orders where external_id like $1", order + "-%"))
                .isEqualTo(rows);
        heap.heldAtMost(30L << 20);
    }
}
