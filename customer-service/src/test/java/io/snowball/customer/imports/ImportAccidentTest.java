package io.snowball.customer.imports;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.imports.Uploads.anImport;
import static io.snowball.customer.imports.Uploads.completed;
import static io.snowball.customer.imports.Uploads.put;
import static io.snowball.customer.imports.Uploads.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.snowball.customer.Shop;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What breaks off is gone on with, and nothing is lost or doubled: A8, H1. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ImportAccidentTest {
    @Inject
    Shop shop;

    @Test
    void isInterruptedByABrokenConnectionAndGoesOnWhenSentAgain() throws IOException {
        String customer = unique("c");
        Shop.customer(customer);
        String order = unique("o");
        StringBuilder file = new StringBuilder("order_id,customer_id,ordered_at,amount\n");
        for (int i = 0; i < 12_000; i++) {
            file.append("%s-%d,%s,2026-01-02T03:04:05Z,1\n".formatted(order, i, customer));
        }
        byte[] bytes = file.toString().getBytes(UTF_8);
        String announced = anImport("ORDERS", "CSV");
        try (Socket socket = begin(announced, bytes.length)) {
            socket.getOutputStream().write(bytes, 0, bytes.length / 2);
            socket.getOutputStream().flush();
        }
        await().until(() -> status(announced).getString("state").equals("INTERRUPTED"));
        await().until(() -> put(announced, bytes).statusCode() == 200);
        JsonPath done = status(announced);
        assertThat(done.getString("state")).isEqualTo("COMPLETED");
        assertThat(done.getLong("accepted") + done.getLong("unchanged")).isEqualTo(12_000);
        assertThat(shop.count("select count(*) from orders where external_id like $1", order + "-%"))
                .isEqualTo(12_000);
    }

    /** Each holds a connection and needs others: were there no limit, twenty would wait for each other. */
    @Test
    void runsFourAtATimeAndAsksTheNextToWait() throws IOException {
        List<Socket> running = new ArrayList<>();
        String next = anImport("CUSTOMERS", "CSV");
        byte[] file = "external_id\n".getBytes(UTF_8);
        try {
            for (int i = 0; i < 4; i++) {
                String announced = anImport("CUSTOMERS", "CSV");
                running.add(begin(announced, 1000));
                await().until(() -> status(announced).getString("state").equals("RUNNING"));
            }
            put(next, file)
                    .then()
                    .statusCode(429)
                    .header("Retry-After", "30")
                    .body("type", equalTo("/problems/too-many-requests"));
        } finally {
            for (Socket socket : running) {
                socket.close();
            }
        }
        await().until(() -> put(next, file).statusCode() == 200);
    }

    private Socket begin(String announced, int length) throws IOException {
        Socket socket = new Socket("localhost", RestAssured.port);
        socket.getOutputStream()
                .write(("PUT /api/v1/imports/" + announced
                                + "/content HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                + TestTokens.token(Roles.ADMIN)
                                + "\r\nContent-Type: text/csv\r\nContent-Length: "
                                + length + "\r\n\r\n")
                        .getBytes(UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    /** The lock that a dead service held is gone with its connection, whatever the row says. */
    @Test
    void isInterruptedByTheDeathOfTheServiceAndGoesOnWhenSentAgain() {
        String announced = anImport("CUSTOMERS", "CSV");
        shop.count(
                "with dead as (update import set state = 'RUNNING' where id = $1 returning id) select count(*) from dead",
                UUID.fromString(announced));
        assertThat(status(announced).getString("state")).isEqualTo("INTERRUPTED");
        completed(announced, "external_id\n".getBytes(UTF_8));
    }
}
