package io.snowball.gateway.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.gateway.Door;
import io.snowball.gateway.Door.Person;
import io.snowball.gateway.MovedClock;
import io.snowball.gateway.Siblings;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Requirement r32: a second factor for whoever sets one up. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(Siblings.class)
class SecondFactorTest {
    private static final int FAILURES_MAX = 5;
    private static final Duration STEP = Duration.ofSeconds(30);

    @Inject
    MovedClock clock;

    @Inject
    Pool pool;

    @Test
    void r32OnceConfirmedSigningInAsksForACodeAndEachIsGoodOnce() {
        Person person = Door.as("marketer");
        Telephone.begin(person, Door.PASSWORD)
                .then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("uri", startsWith("otpauth://totp/Snowball:" + person.login() + "?secret="));
        // Begun and not confirmed: nobody is locked out by half of it, and the next one replaces it.
        Door.signIn(person.login(), Door.PASSWORD).then().statusCode(201);
        Telephone telephone = Telephone.of(person, Door.PASSWORD);
        Telephone.confirm(person, telephone.wrongCode(clock.instant()))
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/wrong-first-code"));
        String first = telephone.code(clock.instant());
        Telephone.confirm(person, first).then().statusCode(201).body("recoveryCodes", hasSize(10));

        Door.signIn(person.login(), Door.PASSWORD)
                .then()
                .statusCode(401)
                .body("type", equalTo("/problems/second-factor-required"));
        Door.signIn(person.login(), Door.PASSWORD, first)
                .then()
                .statusCode(401)
                .body("type", equalTo("/problems/wrong-second-factor"));
        clock.forward(STEP);
        String code = telephone.code(clock.instant());
        Door.signIn(person.login(), "not the password", code)
                .then()
                .statusCode(401)
                .body("type", equalTo("/problems/wrong-credentials"));
        Door.signIn(person.login(), Door.PASSWORD, code)
                .then()
                .statusCode(201)
                .body("secondFactorDue", nullValue())
                .body("roles", equalTo(List.of("marketer")));
        Door.signIn(person.login(), Door.PASSWORD, code).then().statusCode(401);
        Door.admin().own().get("/api/v1/users/{id}", person.id()).then().body("secondFactor", equalTo(true));
    }

    @Test
    void r32OfTwoWhoBringOneCodeAtOnceOneComesIn() throws Exception {
        Person person = Door.as("analyst");
        Telephone telephone = Telephone.of(person, Door.PASSWORD);
        telephone.confirmed(person, clock.instant());
        clock.forward(STEP);
        String code = telephone.code(clock.instant());
        Callable<Integer> call =
                () -> Door.signIn(person.login(), Door.PASSWORD, code).statusCode();
        try (var threads = Executors.newFixedThreadPool(4)) {
            int in = 0;
            for (var status : threads.invokeAll(Collections.nCopies(4, call))) {
                in += status.get() == 201 ? 1 : 0;
            }
            assertThat(in).isEqualTo(1);
        }
    }

    @Test
    void r32WrongCodesLockTheLoginLikeWrongPasswords() {
        Person person = Door.as("analyst");
        Telephone telephone = Telephone.of(person, Door.PASSWORD);
        telephone.confirmed(person, clock.instant());
        clock.forward(STEP);
        String wrong = telephone.wrongCode(clock.instant());
        for (int i = 0; i < FAILURES_MAX; i++) {
            // The password alone makes none of the wrong codes good, nor does it count as one.
            Door.signIn(person.login(), Door.PASSWORD)
                    .then()
                    .statusCode(401)
                    .body("type", equalTo("/problems/second-factor-required"));
            Door.signIn(person.login(), Door.PASSWORD, wrong)
                    .then()
                    .statusCode(401)
                    .body("type", equalTo("/problems/wrong-second-factor"));
        }
        Door.signIn(person.login(), Door.PASSWORD, telephone.code(clock.instant()))
                .then()
                .statusCode(429)
                .body("type", equalTo("/problems/account-locked"));
        clock.forward(Duration.ofMinutes(16));
        Door.signIn(person.login(), Door.PASSWORD, telephone.code(clock.instant()))
                .then()
                .statusCode(201);
    }

    @Test
    void r32ARecoveryCodeIsGoodOnceHoweverItIsTyped() {
        Person person = Door.as("sales");
        List<String> codes = Telephone.of(person, Door.PASSWORD).confirmed(person, clock.instant());
        assertThat(codes).doesNotHaveDuplicates().allMatch(code -> code.matches("([a-z2-7]{4}-){3}[a-z2-7]{4}"));
        String typed = codes.getFirst().toUpperCase(java.util.Locale.ROOT).replace('-', ' ');
        Door.signIn(person.login(), Door.PASSWORD, typed).then().statusCode(201);
        Door.signIn(person.login(), Door.PASSWORD, codes.getFirst()).then().statusCode(401);
        Door.signIn(person.login(), Door.PASSWORD, codes.getLast()).then().statusCode(201);
        Person stranger = Door.as("sales");
        Telephone.of(stranger, Door.PASSWORD).confirmed(stranger, clock.instant());
        Door.signIn(stranger.login(), Door.PASSWORD, codes.get(1)).then().statusCode(401);
    }

    @Test
    void r32NeitherSecretNorRecoveryCodesLieInTheDatabase() {
        Person person = Door.as("dpo");
        Telephone telephone = Telephone.of(person, Door.PASSWORD);
        List<String> codes = telephone.confirmed(person, clock.instant());
        Row stored = row("select secret from second_factor where user_id = $1", person.id());
        assertThat(telephone.isSecretIn(stored.getBuffer("secret").getBytes())).isFalse();
        Row hashes = row(
                "select string_agg(encode(code_hash, 'escape'), ' ') as all_of_them from recovery_code where user_id = $1",
                person.id());
        assertThat(hashes.getString("all_of_them"))
                .doesNotContain(codes.getFirst())
                .doesNotContain(codes.getFirst().replace("-", ""));
        // Put under another user's name it opens nothing.
        Person other = Door.as("dpo");
        Telephone.of(other, Door.PASSWORD).confirmed(other, clock.instant());
        pool.preparedQuery(
                        "update second_factor set secret = (select secret from second_factor where user_id = $1) where user_id = $2")
                .execute(Params.of(UUID.fromString(person.id()), UUID.fromString(other.id())))
                .await()
                .indefinitely();
        clock.forward(STEP);
        Door.signIn(other.login(), Door.PASSWORD, telephone.code(clock.instant()))
                .then()
                .statusCode(401);
    }

    @Test
    void r32ATokenAloneSetsNothingUpAndReplacesNothing() {
        Person person = Door.as("marketer");
        Telephone.begin(person, "not the password")
                .then()
                .statusCode(401)
                .body("type", equalTo("/problems/wrong-credentials"));
        Telephone.of(person, Door.PASSWORD).confirmed(person, clock.instant());
        Telephone.begin(person, Door.PASSWORD)
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/second-factor-exists"));
        Telephone.confirm(person, "123456")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/second-factor-not-begun"));
        Door.anonymous()
                .contentType("application/json")
                .body("{\"password\": \"x\"}")
                .post("/api/v1/second-factor")
                .then()
                .statusCode(401);
    }

    @Test
    void r32AnotherAdminResetsItAndTheLogSaysSo() {
        Person person = Door.as("dpo");
        Telephone.of(person, Door.PASSWORD).confirmed(person, clock.instant());
        Person admin = Door.as("admin");
        person.own()
                .delete("/api/v1/users/{id}/second-factor", admin.id())
                .then()
                .statusCode(403);
        admin.own()
                .delete("/api/v1/users/{id}/second-factor", admin.id())
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/own-second-factor"));
        admin.own()
                .delete("/api/v1/users/{id}/second-factor", person.id())
                .then()
                .statusCode(204);
        person.own().get("/api/v1/sessions/current").then().statusCode(401);
        Door.signIn(person.login(), Door.PASSWORD).then().statusCode(201);
        List<String> logged = Rows.list(
                pool.preparedQuery(
                                "select data from access_outbox where data like '%resetSecondFactor%' and data like $1")
                        .execute(Params.of("%" + person.id() + "%"))
                        .await()
                        .indefinitely(),
                row -> row.getString("data"));
        assertThat(logged).anySatisfy(record -> assertThat(record).contains(admin.id(), "ROLE_CHANGE"));
    }

    private Row row(String sql, String userId) {
        return pool.preparedQuery(sql)
                .execute(Params.of(UUID.fromString(userId)))
                .await()
                .indefinitely()
                .iterator()
                .next();
    }
}
