package io.snowball.platform.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(OwnFeed.class)
class FeedTest {
    @Inject
    Pool pool;

    @Inject
    Outbox outbox;

    @Inject
    RecordingHandler handler;

    @Test
    void showsEventsInTheOrderOfTheirTransactionsAndContinuesAfterAnId() {
        String before = lastId();
        UUID first = append("test.first");
        UUID second = append("test.second");

        Response page = read(before);
        assertThat(page.jsonPath().getList("subject", String.class))
                .containsExactly(first.toString(), second.toString());
        assertThat(page.jsonPath().getList("type", String.class)).containsExactly("test.first", "test.second");

        String firstId = page.jsonPath().getString("[0].id");
        assertThat(read(firstId).jsonPath().getList("subject", String.class)).containsExactly(second.toString());
    }

    @Test
    void neverSkipsATransactionThatBeganEarlierAndCommittedLast() {
        String before = lastId();
        SqlConnection older = pool.getConnection().await().indefinitely();
        SqlConnection newer = pool.getConnection().await().indefinitely();
        UUID slow = Ids.next();
        UUID quick = Ids.next();
        Instant begun = Instant.now().truncatedTo(ChronoUnit.MICROS);
        try {
            older.query("begin").execute().await().indefinitely();
            outbox.append(older, slow, "test.slow", Map.of()).await().indefinitely();
            newer.query("begin").execute().await().indefinitely();
            outbox.append(newer, quick, "test.quick", Map.of()).await().indefinitely();
            newer.query("commit").execute().await().indefinitely();

            assertThat(read(before).jsonPath().getList("$"))
                    .as("held back while the older one runs")
                    .isEmpty();
            assertThat(Instant.parse(read(before).header(FeedResource.HELD_SINCE)))
                    .as("and said to be")
                    .isBetween(begun, Instant.now());

            older.query("commit").execute().await().indefinitely();
            assertThat(read(before).jsonPath().getList("subject", String.class))
                    .containsExactly(slow.toString(), quick.toString());
            await().untilAsserted(() ->
                    assertThat(read(lastId()).header(FeedResource.HELD_SINCE)).isNull());
        } finally {
            older.close().await().indefinitely();
            newer.close().await().indefinitely();
        }
    }

    @Test
    void showsNothingOfATransactionThatWasRolledBack() {
        String before = lastId();
        pool.withTransaction(tx -> outbox.append(tx, Ids.next(), "test.lost", Map.of())
                        .chain(() ->
                                io.smallrye.mutiny.Uni.createFrom().failure(new IllegalStateException("rolled back"))))
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
        assertThat(read(before).jsonPath().getList("$")).isEmpty();
    }

    @Test
    void appliesEachEventOnceEvenWhenTheHandlerFailsInBetween() {
        handler.failNext(3);
        List<UUID> subjects = List.of(append("test.applied"), append("test.applied"), append("test.applied"));
        await().untilAsserted(() -> assertThat(applied(subjects)).isEqualTo(3));
        assertThat(handler.failuresLeft()).isZero();
    }

    @Test
    void goesOnReadingAfterABatchWasApplied() {
        for (int i = 0; i < 3; i++) {
            List<UUID> subjects = List.of(append("test.applied"));
            await().untilAsserted(() -> assertThat(applied(subjects)).isEqualTo(1));
        }
    }

    @Test
    void isForSiblingsOnly() {
        TestTokens.as(Roles.ADMIN).get("/feed").then().statusCode(403).body("type", equalTo("/problems/forbidden"));
        TestTokens.anonymous().get("/feed").then().statusCode(401).body("type", equalTo("/problems/unauthorized"));
        TestTokens.anonymous().auth().oauth2("forged").get("/feed").then().statusCode(401);
    }

    @Test
    void refusesAnIdThatIsNotItsOwn() {
        TestTokens.as(Roles.SERVICE)
                .queryParam("lastEventId", "; drop table feed_event")
                .get("/feed")
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/invalid-request"))
                .body("errors", hasSize(1))
                .body("errors[0].pointer", equalTo("lastEventId"));
    }

    @Test
    void refusesALimitThatIsNotANumber() {
        TestTokens.as(Roles.SERVICE)
                .queryParam("limit", "abc")
                .get("/feed")
                .then()
                .statusCode(400);
        TestTokens.as(Roles.SERVICE)
                .queryParam("limit", "0")
                .get("/feed")
                .then()
                .statusCode(400);
    }

    private UUID append(String type) {
        UUID subject = Ids.next();
        pool.withTransaction(tx -> outbox.append(tx, subject, type, Map.of("n", 1)))
                .await()
                .indefinitely();
        return subject;
    }

    private long applied(List<UUID> subjects) {
        return pool.preparedQuery("select count(*) from applied where subject = any($1)")
                .execute(Params.of((Object) subjects.toArray(UUID[]::new)))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    private String lastId() {
        List<String> ids = read("").jsonPath().getList("id", String.class);
        return ids.isEmpty() ? "" : ids.getLast();
    }

    private static Response read(String after) {
        return TestTokens.as(Roles.SERVICE)
                .queryParam("lastEventId", after)
                .queryParam("limit", 5000)
                .get("/feed")
                .then()
                .statusCode(200)
                .extract()
                .response();
    }
}
