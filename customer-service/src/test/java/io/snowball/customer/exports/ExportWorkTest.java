package io.snowball.customer.exports;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.Shop.uniquePhone;
import static io.snowball.customer.exports.Desk.accesses;
import static io.snowball.customer.exports.Desk.ask;
import static io.snowball.customer.exports.Desk.download;
import static io.snowball.customer.exports.Desk.get;
import static io.snowball.customer.exports.Desk.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.customer.FakeSiblings;
import io.snowball.customer.Shop;
import io.snowball.customer.exports.ExportWorkSql.Claim;
import io.snowball.customer.exports.ExportWorkSql.SupersededException;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How files come to be, whatever dies meanwhile. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ExportWorkTest {
    @Inject
    Shop shop;

    @Inject
    Desk desk;

    @Inject
    ExportWorker worker;

    @Inject
    ExportWorkSql work;

    String name = unique("c");
    String phone = uniquePhone();

    @Test
    void collectsASegmentAndWaitsWhereSegmentsAreAway() {
        UUID anna = customer("");
        UUID segment = FakeSiblings.segment(List.of(anna, Ids.next()));
        FakeSiblings.down(segment);
        String export = askSegment(segment);
        worker.run();
        get(export).then().body("state", equalTo("COLLECTING"));
        FakeSiblings.up(segment);
        letLeaseEnd(export);
        worker.run();
        get(export).then().body("state", equalTo("READY")).body("customers", equalTo(1));
        String unknown = askSegment(Ids.next());
        worker.run();
        get(unknown).then().body("state", equalTo("FAILED")).body("failure", containsString("no such segment"));
    }

    @Test
    void takesOverFromTheDeadAndVoidsWhatTheyWroteLater() {
        UUID anna = customer("");
        worker.run();
        String export = ask(Roles.ADMIN, "\"columns\":[\"external_id\"]", anna);
        Export dead = claim(export);
        Claim claim = new Claim(dead.id(), dead.attempt(), Instant.now().plusSeconds(60));
        work.storePiece(claim, 0, "half".getBytes(StandardCharsets.UTF_8))
                .await()
                .indefinitely();
        worker.run();
        get(export).then().body("state", equalTo("WRITING"));
        letLeaseEnd(export);
        worker.run();
        get(export).then().body("state", equalTo("READY"));
        assertThatThrownBy(() -> work.storePiece(claim, 1, new byte[1]).await().indefinitely())
                .isInstanceOf(SupersededException.class);
        assertThat(download(Roles.ADMIN, export).asString()).isEqualTo("\uFEFFexternal_id\r\n" + name + "\r\n");
    }

    @Test
    void givesUpAfterSeveralTries() {
        String export = ask(Roles.ADMIN, "\"columns\":[\"id\"]", customer(""));
        shop.text("update export set tries = 3 where id = $1 returning id::text", UUID.fromString(export));
        worker.run();
        get(export)
                .then()
                .body("state", equalTo("FAILED"))
                .body("failure", containsString("ask for it again"))
                .body("rows", nullValue());
        accesses(export).then().body("items.action", hasItems("REQUESTED", "FAILED"));
    }

    private Export claim(String export) {
        Export claimed = work.claim(Instant.now(), Duration.ofMinutes(1))
                .await()
                .indefinitely()
                .orElseThrow();
        assertThat(claimed.id()).hasToString(export);
        return claimed;
    }

    private void letLeaseEnd(String export) {
        shop.text("update export set lease_until = null where id = $1 returning id::text", UUID.fromString(export));
    }

    private static String askSegment(UUID segment) {
        return post(Roles.ADMIN, "\"columns\":[\"id\"],\"segmentId\":\"" + segment + "\"")
                .then()
                .statusCode(202)
                .body("state", equalTo("COLLECTING"))
                .extract()
                .path("id");
    }

    private UUID customer(String more) {
        return Desk.customer(name, phone, more);
    }
}
