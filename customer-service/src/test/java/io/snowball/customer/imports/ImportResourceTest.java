package io.snowball.customer.imports;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.Shop.uniqueEmail;
import static io.snowball.customer.imports.Uploads.anImport;
import static io.snowball.customer.imports.Uploads.completed;
import static io.snowball.customer.imports.Uploads.errors;
import static io.snowball.customer.imports.Uploads.put;
import static io.snowball.customer.imports.Uploads.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Purchases and customers out of files: A8, G5, H1. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ImportResourceTest {
    @Inject
    Shop shop;

    @Inject
    ContentImport contentImport;

    @Nested
    class OfOrders {
        @Test
        void storesNeighbouringRowsAsOneOrderAndReportsBadLines() {
            String customer = unique("c");
            UUID id = Shop.customer(customer);
            String order = unique("o");
            String csv = """
                    order_id,customer_id,ordered_at,status,sku,quantity,price,discount,channel
                    %1$s-1,%2$s,2026-01-02T03:04:05Z,PAID,a,2,10.50,1.00,web
                    %1$s-1,%2$s,2026-01-02T03:04:05Z,PAID,"b ""x"", y",1,5,,web
                    %1$s-2,%2$s,2026-01-02T03:04:05Z,PAID,a,1,abc,,web
                    %1$s-2,%2$s,2026-01-02T03:04:05Z,PAID,a,1,1.00,,web
                    %1$s-3,nobody-%2$s,2026-01-02T03:04:05Z,PAID,a,1,1.00,,web
                    %1$s-4,%2$s,02.01.2026,PAID,a,1,1.00,,web
                    %1$s-5,%2$s,2026-01-02T03:04:05Z,LOST,a,1,1.00,,web
                    %1$s-6,%2$s,2026-01-02T03:04:05Z,PAID,a,1.5,1.00,,web
                    %1$s-7,%2$s,2026-01-02T03:04:05Z,PAID,a,1,1.00
                    %1$s-1,%2$s,2026-01-02T03:04:05Z,PAID,c,1,1.00,,web
                    %1$s-8,%2$s,2026-01-02T03:04:05Z,,a,,1.00,,
                    """.formatted(order, customer);
            JsonPath done = completed(anImport("ORDERS", "CSV"), csv.getBytes(UTF_8));
            assertThat(done.getLong("accepted")).isEqualTo(2);
            assertThat(done.getLong("rejected")).isEqualTo(7);
            assertThat(done.getLong("linesRead")).isEqualTo(12);
            assertThat(done.getString("startedAt")).isNotNull();
            assertThat(errors(done.getString("id")))
                    .containsExactly(
                            "4 price amount is not a decimal number such as 1499.90",
                            "6 customer_id there is no such customer: send the customer first",
                            "7 ordered_at must be a time such as 2026-11-20T18:30:00+03:00",
                            "8 status must be CREATED, PAID, CANCELLED or RETURNED",
                            "9 quantity must be a whole number",
                            "10 null the line has 7 fields, the header has 9",
                            "11 order_id the order comes twice: send all its lines together, once");
            assertThat(shop.events(id, "order.changed"))
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains("\"amount\": 2500");
            TestTokens.as(Roles.ADMIN)
                    .get("/api/v1/customers/" + id + "/orders")
                    .then()
                    .body(
                            "items.find { it.externalId == '" + order + "-1' }.lines.sku",
                            equalTo(List.of("a", "b \"x\", y")));
        }

        @Test
        void changesNothingWhenSentAgainAndOnlyWhatChangedWhenSentChanged() {
            String customer = unique("c");
            UUID id = Shop.customer(customer);
            String order = unique("o");
            StringBuilder file = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                file.append("{\"order_id\":\"%s-%d\",\"customer_id\":\"%s\",\"ordered_at\":\"2026-01-02T03:04:05Z\","
                                .formatted(order, i, customer))
                        .append("\"lines\":[{\"sku\":\"a\",\"quantity\":1,\"price\":9.99}]}\n");
            }
            String announced = anImport("ORDERS", "NDJSON");
            assertThat(completed(announced, file.toString().getBytes(UTF_8)).getLong("accepted"))
                    .isEqualTo(50);
            JsonPath again = completed(announced, file.toString().getBytes(UTF_8));
            assertThat(again.getLong("accepted")).isZero();
            assertThat(again.getLong("unchanged")).isEqualTo(50);
            assertThat(shop.events(id, "order.changed")).hasSize(50);
            JsonPath changed = completed(
                    anImport("ORDERS", "NDJSON"),
                    file.toString().replaceFirst("9\\.99", "8.88").getBytes(UTF_8));
            assertThat(changed.getLong("updated")).isEqualTo(1);
            assertThat(changed.getLong("unchanged")).isEqualTo(49);
            assertThat(shop.events(id, "order.changed"))
                    .hasSize(51)
                    .last()
                    .asString()
                    .contains("\"amount\": 888", "\"version\": 2");
        }

        /** H1: what comes from a file is read as it comes; however long the file, only what is being written is held. */
        @Test
        void holdsNoMoreThanTheChunksInHandAndTellsItsProgress() {
            String customer = unique("c");
            Shop.customer(customer);
            String announced = anImport("ORDERS", "NDJSON");
            String order = unique("o");
            int rows = 30_000;
            Rows file = new Rows(
                    rows,
                    n ->
                            "{\"order_id\":\"%s-%d\",\"customer_id\":\"%s\",\"ordered_at\":\"2026-01-02T03:04:05Z\",\"amount\":1}\n"
                                    .formatted(order, n, customer));
            // Of what was handed out all is stored but one unfinished chunk and what fits in the reader's window: were
            // the file
            // collected in memory, this would wait in vain.
            file.whenAt(
                    20_000,
                    () -> await().untilAsserted(
                                    () -> assertThat(status(announced).getLong("linesRead"))
                                            .isGreaterThanOrEqualTo(20_000 - 5_000 - 2_000)));
            file.whenAt(25_000, () -> {
                assertThat(status(announced).getString("state")).isEqualTo("RUNNING");
                put(announced, new byte[0]).then().statusCode(409).body("type", equalTo("/problems/import-running"));
            });
            contentImport.run(contentImport.announced(UUID.fromString(announced)), "application/x-ndjson", file);
            assertThat(status(announced).getLong("accepted")).isEqualTo(rows);
            assertThat(status(announced).getString("state")).isEqualTo("COMPLETED");
        }

        @Test
        void leavesAloneWhatWasToldOtherwiseWhileTheFileWasRead() {
            String customer = unique("c");
            UUID id = Shop.customer(customer);
            String order = unique("o");
            String row =
                    "{\"order_id\":\"%s\",\"customer_id\":\"%s\",\"ordered_at\":\"2026-01-02T03:04:05Z\",\"amount\":1}\n"
                            .formatted(order, customer);
            Rows file = new Rows(1, n -> row);
            file.whenAt(
                    0,
                    () -> Shop.send(
                                    "{\"externalId\":\"%s\",\"customerExternalId\":\"%s\",\"orderedAt\":\"2026-01-02T03:04:05Z\",\"amount\":2}"
                                            .formatted(order, customer))
                            .then()
                            .statusCode(200));
            String announced = anImport("ORDERS", "NDJSON");
            contentImport.run(contentImport.announced(UUID.fromString(announced)), "application/x-ndjson", file);
            assertThat(status(announced).getLong("rejected")).isEqualTo(1);
            assertThat(errors(announced)).singleElement().asString().contains("told differently meanwhile");
            assertThat(shop.events(id, "order.changed")).hasSize(1);
        }
    }

    @Nested
    class OfCustomers {
        @Test
        void storesCustomersAndReportsBadLinesWithoutTheirValues() {
            String customer = unique("c");
            String email = uniqueEmail();
            String csv = """
                    external_id;email;phone;first_name;last_name;sex;birthday;time_zone;language;source;registered_at
                    %1$s-1;%2$s;8 912 000 00 01;Анна;Иванова;Ж;1990-05-17;Europe/Moscow;ru;import;2020-01-02T03:04:05Z
                    %1$s-2;%2$s;;Тёзка;;;;;;;
                    %1$s-3;secret-at-example;;;;;;;;;
                    ;x@example.ru;;;;;;;;;
                    %1$s-4;;;Пётр;;М;17.05.1990;;;;
                    %1$s-5;;;Пётр;;М;;;;;
                    %1$s-5;;;;Петров;;;;;;
                    """.formatted(customer, email);
            String announced = anImport("CUSTOMERS", "CSV");
            JsonPath done = completed(announced, csv.getBytes(UTF_8));
            assertThat(done.getLong("accepted")).isEqualTo(2);
            assertThat(done.getLong("updated")).isEqualTo(1);
            assertThat(done.getLong("rejected")).isEqualTo(4);
            assertThat(errors(announced))
                    .containsExactly(
                            "3 email belongs to another customer",
                            "4 email must be an e-mail address such as anna@example.ru",
                            "5 external_id is required",
                            "6 birthday must be a day such as 1990-05-17");
            Response found = TestTokens.as(Roles.ADMIN)
                    .contentType(ContentType.JSON)
                    .body("{\"externalId\":\"%s-5\"}".formatted(customer))
                    .post("/api/v1/customer-searches");
            found.then().body("items[0].firstName", equalTo("Пётр")).body("items[0].lastName", equalTo("Петров"));
            assertThat(completed(announced, csv.getBytes(UTF_8)).getLong("unchanged"))
                    .isEqualTo(3);
            assertThat(shop.events(UUID.fromString(found.jsonPath().getString("items[0].id")), "customer.changed"))
                    .singleElement()
                    .asString()
                    .doesNotContain("Петров");
        }

        @Test
        void storesMoreCustomersThanAChunkHas() {
            String customer = unique("c");
            StringBuilder csv = new StringBuilder("external_id,first_name\n");
            for (int i = 0; i < 12_000; i++) {
                csv.append(customer).append('-').append(i).append(",Анна\n");
            }
            assertThat(completed(anImport("CUSTOMERS", "CSV"), csv.toString().getBytes(UTF_8))
                            .getLong("accepted"))
                    .isEqualTo(12_000);
        }
    }
}
