package io.snowball.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.platform.access.Accessed;
import io.snowball.platform.db.Params;
import io.snowball.platform.feed.OwnFeed;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(OwnFeed.class)
class IdempotencyTest {
    @Inject
    Pool pool;

    @Inject
    Idempotency idempotency;

    @Test
    void answersARepetitionAsTheFirstTimeAndMakesNothingNew() {
        UUID key = Ids.next();
        Response first = create(key, "{\"name\":\"repeat\"}");
        Response again = create(key, "{\"name\":\"repeat\"}");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(again.header("Location")).isEqualTo(first.header("Location")).isNotNull();
        assertThat(count("repeat")).isEqualTo(1);
    }

    @Test
    void refusesTheKeyWithAnotherBody() {
        UUID key = Ids.next();
        create(key, "{\"name\":\"one\"}");
        create(key, "{\"name\":\"two\"}")
                .then()
                .statusCode(422)
                .body("type", equalTo("/problems/idempotency-key-reused"));
        assertThat(count("two")).isZero();
    }

    @Test
    void answersInFlightWhileTheFirstIsRunning() throws Exception {
        UUID key = Ids.next();
        Callable<Integer> slow = () -> create(key, "{\"name\":\"slow\"}").statusCode();
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Integer> statuses = threads.invokeAll(List.of(slow, slow)).stream()
                    .map(Future::resultNow)
                    .sorted()
                    .toList();
            assertThat(statuses).containsExactly(201, 409);
        }
        assertThat(create(key, "{\"name\":\"slow\"}").statusCode()).isEqualTo(201);
        assertThat(count("slow")).isEqualTo(1);
    }

    @Test
    void keepsAnAnswerForThirtyDaysAndNoLonger() {
        UUID young = Ids.next();
        UUID old = Ids.next();
        create(young, "{\"name\":\"young\"}");
        create(old, "{\"name\":\"old\"}");
        age(young, 29);
        age(old, 31);
        idempotency.forgetOld().await().indefinitely();
        create(young, "{\"name\":\"young\"}").then().statusCode(201);
        create(old, "{\"name\":\"old\"}").then().statusCode(201);
        assertThat(count("young")).isEqualTo(1);
        assertThat(count("old")).isEqualTo(2);
    }

    @Test
    void keepsNothingOfARequestThatFailed() {
        UUID key = Ids.next();
        create(key, "{\"name\":\"bad\"}").then().statusCode(500).body("type", equalTo("/problems/internal"));
        create(key, "{\"name\":\"good\"}").then().statusCode(201);
        assertThat(count("bad")).isZero();
    }

    record Greeting(String name, List<UUID> whoseData) implements Accessed {}

    @Test
    void notesWhoseDataAKeptAnswerHas() {
        UUID key = Ids.next();
        Greeting greeting = new Greeting("Анна", List.of(Ids.next(), Ids.next()));
        idempotency
                .once(
                        "greet",
                        key,
                        "x",
                        Greeting.class,
                        tx -> tx.query("select 1").execute().replaceWith(Reply.ok(greeting)))
                .await()
                .indefinitely();
        assertThat(subjects(key)).containsExactlyElementsOf(greeting.whoseData());

        UUID aboutNobody = Ids.next();
        create(aboutNobody, "{\"name\":\"nobody\"}").then().statusCode(201);
        assertThat(subjects(aboutNobody)).isNull();
    }

    @Test
    void refusesAKeyThatIsNoUuid() {
        TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", "abc")
                .body("{\"name\":\"x\"}")
                .post("/api/v1/things")
                .then()
                .statusCode(400);
    }

    private Response create(UUID key, String body) {
        return TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/things");
    }

    private void age(UUID key, int days) {
        pool.preparedQuery("update idempotency_key set created_at = now() - make_interval(days => $2) where key = $1")
                .execute(Params.of(key, days))
                .await()
                .indefinitely();
    }

    private UUID @Nullable [] subjects(UUID key) {
        return pool.preparedQuery("select subjects from idempotency_key where key = $1")
                .execute(Params.of(key))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getArrayOfUUIDs(0);
    }

    private long count(String name) {
        return pool.preparedQuery("select count(*) from thing where name = $1")
                .execute(Params.of(name))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }
}
