package io.snowball.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.gateway.Door;
import io.snowball.gateway.Door.Person;
import io.snowball.gateway.MovedClock;
import io.snowball.gateway.Siblings;
import io.snowball.platform.db.Params;
import io.snowball.platform.problem.ProblemException;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in; УПД.6 of order 21: wrong passwords lock the login. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(Siblings.class)
class LoginTest {
    private static final int FAILURES_MAX = 5;

    @Inject
    Pool pool;

    @Inject
    MovedClock clock;

    @Inject
    Logins logins;

    @Inject
    FailureSql failures;

    @Test
    void givesATokenThatSaysWhoIsThere() {
        Response session = Door.signIn("ADMIN", Door.ADMIN_PASSWORD);
        session.then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .header("Location", containsString("/api/v1/sessions/current"))
                .body("tokenType", equalTo("Bearer"))
                .body("expiresIn", equalTo(28800))
                .body("roles", equalTo(List.of("admin")));
        new Person("", "", session.path("accessToken"))
                .own()
                .get("/api/v1/sessions/current")
                .then()
                .statusCode(200)
                .body("login", equalTo("admin"))
                .body("roles", equalTo(List.of("admin")));
    }

    @Test
    void answersTheSameToAWrongPasswordAndToAnUnknownLogin() {
        String login = Door.as("analyst").login();
        Response wrong = Door.signIn(login, "not the password");
        Response unknown = Door.signIn(Door.unique(), "not the password");
        wrong.then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/wrong-credentials"))
                .body(not(containsString(login)));
        assertThat(unknown.asString()).isEqualTo(wrong.asString());
        assertThat(unknown.statusCode()).isEqualTo(wrong.statusCode());
    }

    @Test
    void locksALoginAfterTooManyWrongPasswordsAndOpensItAgain() {
        String login = Door.as("analyst").login();
        for (int i = 0; i < FAILURES_MAX; i++) {
            Door.signIn(login, "not the password").then().statusCode(401);
        }
        Response locked = Door.signIn(login, Door.PASSWORD);
        locked.then().statusCode(429).body("type", equalTo("/problems/account-locked"));
        assertThat(Integer.parseInt(locked.header("Retry-After"))).isBetween(800, 900);
        clock.forward(Duration.ofMinutes(14));
        Door.signIn(login, Door.PASSWORD).then().statusCode(429);
        clock.forward(Duration.ofMinutes(2));
        Door.signIn(login, Door.PASSWORD).then().statusCode(201);
        Door.signIn(login, "not the password").then().statusCode(401);
    }

    @Test
    void locksALoginThatNobodyHasJustTheSame() {
        String login = Door.unique();
        for (int i = 0; i < FAILURES_MAX; i++) {
            Door.signIn(login, "not the password").then().statusCode(401);
        }
        Door.signIn(login, "not the password").then().statusCode(429);
    }

    @Test
    void locksNobodyOutFromAfar() {
        String login = Door.as("analyst").login();
        for (int i = 0; i <= FAILURES_MAX; i++) {
            attempt(login, "not the password", "2001:db8:1:2::" + i);
        }
        assertThat(attempt(login, Door.PASSWORD, "2001:db8:1:2::ffff"))
                .as("same network")
                .isEqualTo(429);
        assertThat(attempt(login, Door.PASSWORD, "2001:db8:1:3::1")).isEqualTo(201);
        assertThat(attempt(login, Door.PASSWORD, "203.0.113.7")).isEqualTo(201);
    }

    @Test
    void holdsBackWhoGuessesFromManyAddressesAndKeepsTheUserInWhereTheUserWorks() {
        String login = Door.as("analyst").login();
        assertThat(attempt(login, Door.PASSWORD, "192.0.2.1")).as("at work").isEqualTo(201);
        for (int i = 0; i < 50; i++) {
            assertThat(attempt(login, "not the password", "10.77.0." + i)).isEqualTo(401);
        }
        assertThat(attempt(login, Door.PASSWORD, "10.77.0.200"))
                .as("even with the right password")
                .isEqualTo(429);
        assertThat(attempt(login, "not the password", "192.0.2.1")).isEqualTo(401);
        assertThat(attempt(login, Door.PASSWORD, "192.0.2.1")).isEqualTo(201);
        assertThat(attempt(Door.as("analyst").login(), Door.PASSWORD, "10.77.0.200"))
                .as("nobody else is locked out")
                .isEqualTo(201);
        clock.forward(Duration.ofMinutes(16));
        assertThat(attempt(login, Door.PASSWORD, "10.77.0.200")).isEqualTo(201);
        assertThat(attempt(login, Door.PASSWORD, "10.77.0.201")).isEqualTo(201);
    }

    @Test
    void forgetsWhereALoginWasRightAfterAQuarterOfAYear() {
        String login = Door.as("analyst").login();
        attempt(login, Door.PASSWORD, "192.0.2.2");
        clock.forward(Duration.ofDays(91));
        failures.forgetOld().await().indefinitely();
        for (int i = 0; i < 50; i++) {
            attempt(login, "not the password", "10.78.0." + i);
        }
        assertThat(attempt(login, Door.PASSWORD, "192.0.2.2")).isEqualTo(429);
    }

    @Test
    void aNewPasswordFromAnAdminOpensALockedLogin() {
        Person person = Door.as("analyst");
        for (int i = 0; i <= FAILURES_MAX; i++) {
            Door.signIn(person.login(), "not the password");
        }
        Door.signIn(person.login(), Door.PASSWORD).then().statusCode(429);
        Door.admin()
                .own()
                .contentType(ContentType.JSON)
                .body("{\"password\":\"eight brown bears\"}")
                .patch("/api/v1/users/{id}", person.id())
                .then()
                .statusCode(200);
        Door.signIn(person.login(), "eight brown bears").then().statusCode(201);
    }

    @Test
    void stopsWhoTriesOnePasswordOnEverybody() {
        String source = "198.51.100.23";
        String login = Door.as("analyst").login();
        for (int i = 0; i < 100; i++) {
            assertThat(attempt(login, Door.PASSWORD, source))
                    .as("the right password counts for nothing")
                    .isEqualTo(201);
            assertThat(attempt("made.up." + i, "not the password", source)).isEqualTo(401);
        }
        long before = failureRows();
        assertThat(attempt("made.up.100", "not the password", source)).isEqualTo(429);
        assertThat(failureRows()).as("and fills no table").isEqualTo(before);
        assertThat(attempt("made.up.100", "not the password", "198.51.100.24")).isEqualTo(401);
        clock.forward(Duration.ofMinutes(16));
        assertThat(attempt("made.up.100", "not the password", source)).isEqualTo(401);
    }

    @Test
    void doesNotAddUpWhatAnOfficeMistypesOverMonths() {
        String source = "198.51.100.25";
        for (int i = 0; i < 11; i++) {
            for (int j = 0; j < 10; j++) {
                assertThat(attempt("mistyped." + i + "." + j, "not the password", source))
                        .isEqualTo(401);
            }
            clock.forward(Duration.ofMinutes(8));
        }
    }

    @Test
    void forgetsAllThatIsOld() {
        pool.query("""
                        insert into login_failure (login_hash, source_hash, failures, last_at)
                        select sha256(n::text::bytea), '', 1, '2026-01-01Z' from generate_series(1, 12000) as n
                        """).execute().await().indefinitely();
        clock.forward(Duration.ofMinutes(16));
        failures.forgetOld().await().indefinitely();
        assertThat(failureRows()).isZero();
    }

    @Test
    void startsToCountAnewAfterTheRightPassword() {
        String login = Door.as("analyst").login();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < FAILURES_MAX - 1; i++) {
                Door.signIn(login, "not the password").then().statusCode(401);
            }
            Door.signIn(login, Door.PASSWORD).then().statusCode(201);
        }
    }

    @Test
    void letsNoMoreGuessesThroughWhenTheyComeAllAtOnce() throws Exception {
        String login = Door.as("analyst").login();
        Callable<Integer> guess = () -> Door.signIn(login, "not the password").statusCode();
        try (var threads = Executors.newFixedThreadPool(10)) {
            List<Integer> statuses = threads.invokeAll(Collections.nCopies(20, guess)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(statuses).filteredOn(status -> status == 401).hasSize(FAILURES_MAX);
            assertThat(statuses).filteredOn(status -> status == 429).hasSize(20 - FAILURES_MAX);
        }
    }

    @Test
    void keepsPasswordsAsArgon2idOnlyAndNoTypedLogins() {
        String login = Door.as("analyst").login();
        Door.signIn(login, "not the password");
        var row = pool.preparedQuery("select password_hash from user_account where login = $1")
                .execute(Params.of(login))
                .await()
                .indefinitely()
                .iterator()
                .next();
        assertThat(row.getString(0)).startsWith("$argon2id$v=19$m=64,t=2,p=1$");
        var failures = pool.query("select encode(login_hash, 'escape') as hash from login_failure")
                .execute()
                .await()
                .indefinitely();
        failures.forEach(failure -> assertThat(failure.getString("hash")).doesNotContain(login));
    }

    /** As if it came from this address. */
    private int attempt(String login, String password, String address) {
        return logins.check(login, password, null, address)
                .replaceWith(201)
                .onFailure(ProblemException.class)
                .recoverWithItem(refused -> refused.type().status())
                .await()
                .indefinitely();
    }

    private long failureRows() {
        return pool.query("select count(*) from login_failure")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"login\":\"\\u0000\",\"password\":\"x\"}",
                "{}",
                "{\"login\":\"x\"}",
                "{\"login\":\"x\",\"password\":\"\"}",
                "[]",
                "null",
                "x"
            })
    void refusesAnIncompleteBody(String body) {
        Door.anonymous()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/sessions")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void showsThePublicKeyOnly() {
        Door.anonymous()
                .get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .body("keys.kty", hasItem("EC"))
                .body("keys.alg", hasItem("ES256"))
                .body("keys[0].d", equalTo(null));
    }
}
