package io.snowball.gateway.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.snowball.gateway.Door;
import io.snowball.gateway.Door.Person;
import io.snowball.gateway.MovedClock;
import io.snowball.gateway.Siblings;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requirement r32: whoever has a second factor replaces it without an admin, and makes new recovery codes. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(Siblings.class)
class SecondFactorReplacedTest {
    private static final Duration STEP = Duration.ofSeconds(30);

    @Inject
    MovedClock clock;

    @Inject
    Pool pool;

    private Person person = new Person("", "", "");
    private Telephone old = new Telephone("");
    private List<String> oldCodes = List.of();

    @BeforeEach
    void whoHasAFactor() {
        person = Door.as("dpo");
        old = Telephone.of(person, Door.PASSWORD);
        oldCodes = old.confirmed(person, clock.instant());
        clock.forward(STEP);
    }

    @Test
    void r32TheOldOneCountsUntilTheNewOneIsConfirmed() {
        Telephone next = Telephone.of(replace(old.code(clock.instant())));
        clock.forward(STEP);
        signsIn(old.code(clock.instant()));
        refused(next.code(clock.instant()));
        Telephone.confirm(person, next.wrongCode(clock.instant())).then().statusCode(400);
        clock.forward(STEP);
        signsIn(old.code(clock.instant()));

        List<String> codes = next.confirmed(person, clock.instant());
        clock.forward(STEP);
        refused(old.code(clock.instant()));
        refused(oldCodes.getFirst());
        signsIn(next.code(clock.instant()));
        signsIn(codes.getFirst());
        Telephone.confirm(person, next.code(clock.instant())).then().statusCode(409);
        assertThat(logged("replaceSecondFactor")).isEqualTo(1);
    }

    @Test
    void r32ARecoveryCodeIsProofEnoughWhereTheTelephoneIsGone() {
        Telephone next = Telephone.of(replace(oldCodes.getLast()));
        next.confirmed(person, clock.instant());
        clock.forward(STEP);
        signsIn(next.code(clock.instant()));
        replace(oldCodes.getFirst()).then().statusCode(401);
    }

    @Test
    void r32NewRecoveryCodesEndTheOldOnes() {
        String code = old.code(clock.instant());
        List<String> codes = prove("recovery-codes", Door.PASSWORD, code)
                .then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("recoveryCodes", hasSize(10))
                .extract()
                .path("recoveryCodes");
        refused(oldCodes.getFirst());
        signsIn(codes.getFirst());
        assertThat(logged("renewRecoveryCodes")).isEqualTo(1);
        prove("recovery-codes", Door.PASSWORD, code)
                .then()
                .statusCode(401)
                .body("type", equalTo("/problems/wrong-second-factor"));
    }

    @Test
    void r32NeitherATokenNorAPasswordNorACodeAloneReplacesIt() {
        for (String what : List.of("replacements", "recovery-codes")) {
            prove(what, "not the password", old.code(clock.instant()))
                    .then()
                    .statusCode(401)
                    .body("type", equalTo("/problems/wrong-credentials"));
            prove(what, Door.PASSWORD, old.wrongCode(clock.instant()))
                    .then()
                    .statusCode(401)
                    .body("type", equalTo("/problems/wrong-second-factor"));
        }
        // Guesses count: the fifth was the last.
        prove("replacements", Door.PASSWORD, old.wrongCode(clock.instant()))
                .then()
                .statusCode(401);
        prove("replacements", Door.PASSWORD, old.code(clock.instant()))
                .then()
                .statusCode(429)
                .body("type", equalTo("/problems/account-locked"));
        Telephone.confirm(person, old.code(clock.instant())).then().statusCode(409);
    }

    @Test
    void r32WhoHasNoneHasNothingToReplace() {
        Person without = Door.as("dpo");
        person = without;
        for (String what : List.of("replacements", "recovery-codes")) {
            prove(what, Door.PASSWORD, "123456")
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("/problems/no-second-factor"));
        }
        Door.anonymous()
                .contentType("application/json")
                .body("{\"password\": \"x\", \"code\": \"1\"}")
                .post("/api/v1/second-factor/replacements")
                .then()
                .statusCode(401);
    }

    private Response replace(String code) {
        return prove("replacements", Door.PASSWORD, code);
    }

    private Response prove(String what, String password, String code) {
        return Telephone.prove(person, what, password, code);
    }

    private void signsIn(String code) {
        Door.signIn(person.login(), Door.PASSWORD, code).then().statusCode(201);
    }

    private void refused(String code) {
        Door.signIn(person.login(), Door.PASSWORD, code).then().statusCode(401);
    }

    /** How often the person did this with success, as the access log will hear. */
    private long logged(String operation) {
        return Rows.list(
                        pool.preparedQuery("select data from access_outbox where data like $1 and data like $2")
                                .execute(Params.of("%" + operation + "%", "%" + person.id() + "%"))
                                .await()
                                .indefinitely(),
                        row -> row.getString("data"))
                .stream()
                .filter(record -> record.contains("ROLE_CHANGE"))
                .count();
    }
}
