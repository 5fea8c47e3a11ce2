package io.snowball.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Rows;
import io.snowball.platform.feed.OwnFeed;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirement r30: what is handed out is written down first, and what is written down arrives, once. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(OwnFeed.class)
class AccessTest {
    private final UUID person = Ids.next();

    @Inject
    RecordingSink sink;

    @Inject
    AccessRelay relay;

    @Inject
    AccessGroupWorker group;

    @Inject
    Pool pool;

    @Test
    @DisplayName("r30: who, what, whose, why, from where and with what result; the record is there when the answer is")
    void r30AReadIsRecordedBeforeTheAnswerLeaves() {
        as(Roles.SALES)
                .header("Snowball-Access-Reason", "ticket:CRM-4711")
                .get("/api/v1/people/{id}", person)
                .then()
                .statusCode(200);
        assertThat(waiting()).as("not yet handed over, and written").anyMatch(data -> data.contains(person.toString()));
        AccessRecord entry = taken(person);
        assertThat(entry.actor()).isEqualTo(new UUID(0, 1).toString());
        assertThat(entry.roles()).containsExactly("sales");
        assertThat(entry.action()).isEqualTo(AccessAction.READ);
        assertThat(entry.operation()).isEqualTo("getPerson");
        assertThat(entry.reason()).isEqualTo("ticket:CRM-4711");
        assertThat(entry.address()).isEqualTo("127.0.0.1");
        assertThat(entry.result()).isEqualTo(AccessResult.DONE);
        assertThat(waiting()).as("and forgotten here").noneMatch(data -> data.contains(person.toString()));
    }

    @Test
    @DisplayName("r30: what was refused is recorded too; who nobody is writes nothing")
    void r30RefusalsAreRecorded() {
        as(Roles.ANALYST).get("/api/v1/people/{id}", person).then().statusCode(403);
        assertThat(taken(person).result()).isEqualTo(AccessResult.DENIED);
        as(Roles.SALES).get("/api/v1/people/{id}", PersonResource.NOBODY).then().statusCode(404);
        assertThat(taken(PersonResource.NOBODY).result()).isEqualTo(AccessResult.NOT_FOUND);
        UUID another = Ids.next();
        RestAssured.get("/api/v1/people/{id}", another).then().statusCode(401);
        run(relay::flush);
        assertThat(sink.taken()).noneMatch(entry -> entry.customers().contains(another));
    }

    @Test
    @DisplayName("r30: the reason is a code; a sentence, an address or a number has no place in it")
    void r30TheReasonIsACode() {
        for (String wrong : List.of("Anna asked me", "anna@example.ru", "call:79123456789", "x".repeat(200))) {
            as(Roles.SALES)
                    .header("Snowball-Access-Reason", wrong)
                    .get("/api/v1/people/{id}", person)
                    .then()
                    .statusCode(400)
                    .body("errors[0].code", equalTo("not-a-code"));
        }
    }

    @Test
    @DisplayName("r30: a search leaves a keyed hash, the same for the same search, and never its text")
    void r30ASearchLeavesAHash() {
        for (String phone : List.of("+79123456789", " +79123456789", "+79123456780")) {
            as(Roles.SALES).body(phone).post("/api/v1/people/searches").then().statusCode(200);
        }
        assertThat(waiting()).noneMatch(data -> data.contains("7912345"));
        run(relay::flush);
        List<String> hashes = sink.taken().stream()
                .filter(entry -> entry.operation().equals("searchPeople"))
                .map(AccessRecord::searched)
                .toList();
        assertThat(hashes).hasSize(3).doesNotContainNull();
        assertThat(hashes.get(0)).isEqualTo(hashes.get(1)).isNotEqualTo(hashes.get(2));
    }

    @Test
    @DisplayName("r30: 1,000 people are one record with their ids; more are a count and a digest")
    void r30ABatchIsOneRecord() {
        as(Roles.SALES).get("/api/v1/people?people=1000").then().statusCode(200);
        as(Roles.SALES).get("/api/v1/people?people=1001").then().statusCode(200);
        run(relay::flush);
        List<AccessRecord> lists = sink.taken().stream()
                .filter(entry -> entry.operation().equals("listPeople"))
                .toList();
        assertThat(lists).hasSize(2);
        assertThat(lists.getFirst().customers()).hasSize(1000);
        assertThat(lists.getFirst().customerCount()).isEqualTo(1000);
        assertThat(lists.getLast().customers()).isEmpty();
        assertThat(lists.getLast().customerCount()).isEqualTo(1001);
        assertThat(lists.getLast().details()).matches("customers-sha256=[0-9a-f]{64}");
    }

    @Test
    @DisplayName("r30: while consent-service is away the records wait, and none is lost")
    void r30NothingIsLostWhileConsentIsAway() {
        sink.isDown(true);
        try {
            as(Roles.SALES).get("/api/v1/people/{id}", person).then().statusCode(200);
            assertThatThrownBy(() -> run(relay::flush)).hasMessageContaining("down");
            assertThat(waiting()).anyMatch(data -> data.contains(person.toString()));
        } finally {
            sink.isDown(false);
        }
        assertThat(taken(person).operation()).isEqualTo("getPerson");
    }

    @Test
    @DisplayName("r30: where it can't be written down, nothing is handed out")
    void r30NothingIsHandedOutThatIsNotWrittenDown() {
        run(() -> pool.query("alter table access_outbox rename to access_outbox_away")
                .execute()
                .replaceWithVoid());
        try {
            as(Roles.SALES)
                    .get("/api/v1/people/{id}", person)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", equalTo("5"));
        } finally {
            run(() -> pool.query("alter table access_outbox_away rename to access_outbox")
                    .execute()
                    .replaceWithVoid());
        }
        as(Roles.SALES).get("/api/v1/people/{id}", person).then().statusCode(200);
    }

    @Test
    @DisplayName("r30: many at once share their commits, and each is answered")
    void r30ManyAtOnce() {
        List<AccessRecord> many =
                Stream.generate(() -> entry(Ids.next())).limit(2000).toList();
        run(() -> Uni.join()
                .all(many.stream().map(group::write).toList())
                .andFailFast()
                .replaceWithVoid());
        run(relay::flush);
        assertThat(sink.taken()).containsAll(many);
    }

    private static AccessRecord entry(UUID id) {
        return new AccessRecord(
                id,
                java.time.Instant.parse("2026-11-27T10:00:00Z"),
                "test",
                List.of(),
                AccessAction.READ,
                "many",
                null,
                List.of(),
                0,
                "test",
                null,
                AccessResult.DONE,
                null,
                null);
    }

    private AccessRecord taken(UUID whose) {
        run(relay::flush);
        return sink.taken().stream()
                .filter(entry -> entry.customers().contains(whose))
                .findFirst()
                .orElseThrow();
    }

    private List<String> waiting() {
        return Rows.list(
                pool.query("select data from access_outbox").execute().await().indefinitely(),
                row -> row.getString("data"));
    }

    private static RequestSpecification as(String role) {
        return RestAssured.given().auth().oauth2(TestTokens.token(role));
    }

    private static void run(Supplier<Uni<Void>> work) {
        try {
            VertxContextSupport.subscribeAndAwait(work);
        } catch (Throwable failure) {
            throw new AssertionError(failure.getMessage(), failure);
        }
    }
}
