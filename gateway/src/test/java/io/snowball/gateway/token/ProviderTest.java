package io.snowball.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.snowball.gateway.MovedClock;
import io.snowball.gateway.Siblings;
import io.snowball.gateway.login.User;
import io.snowball.platform.id.Ids;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With an issuer set the gateway is another application: it trusts the provider and nobody else. */
@QuarkusTest
@TestProfile(ProviderTest.WithProvider.class)
@WithTestResource(TestDatabase.class)
@WithTestResource(Siblings.class)
@WithTestResource(Provider.class)
class ProviderTest {
    public static class WithProvider implements QuarkusTestProfile {}

    @Inject
    MovedClock clock;

    @Inject
    OwnTokens own;

    @BeforeEach
    void provide() {
        Provider.setDown(false);
    }

    @Test
    void takesWhoAndWhatFromTheProvidersToken() throws Exception {
        String subject = Ids.next().toString();
        session(token(claims -> {
                    claims.setSubject(subject);
                    claims.setStringClaim("preferred_username", "m.petrova");
                    claims.setClaim("realm_access", Map.of("roles", List.of("marketer", "dpo", "offline_access")));
                }))
                .statusCode(200)
                .body("userId", equalTo(subject))
                .body("login", equalTo("m.petrova"))
                .body("roles", containsInAnyOrder("marketer", "dpo"));
    }

    @Test
    void readsTheRolesFromGroupsWhereThereAreNoOthers() throws Exception {
        session(token(claims -> claims.setStringListClaim("groups", "sales")))
                .statusCode(200)
                .body("roles", equalTo(List.of("sales")));
        session(token(_ -> {})).statusCode(200).body("roles", empty());
    }

    @Test
    void makesNobodyAService() throws Exception {
        session(token(claims -> claims.setStringListClaim("groups", "service", "admin")))
                .statusCode(200)
                .body("roles", equalTo(List.of("admin")));
    }

    @Test
    void knowsASubjectThatIsNoUuidByTheSameUuidAgain() throws Exception {
        String first = session(token(claims -> claims.setSubject("auth0|42")))
                .extract()
                .path("userId");
        session(token(claims -> claims.setSubject("auth0|42")))
                .body("userId", equalTo(first))
                .body("userId", matchesPattern("[0-9a-f-]{36}"));
    }

    @Test
    void passesTheCallerOnToTheServices() throws Exception {
        call("/api/v1/customers/1", token(claims -> claims.setStringListClaim("groups", "sales")))
                .statusCode(200)
                .body("service", equalTo("customer"));
    }

    @Test
    void refusesWhatIsNotTheProviders() throws Exception {
        RsaJsonWebKey published = Provider.signingKey();
        refused(token(claims -> claims.setIssuer("http://elsewhere")));
        refused(token(claims -> claims.setAudience("another")));
        refused(token(claims -> claims.unsetClaim("aud")));
        refused(token(claims -> claims.unsetClaim("exp")));
        refused(token(claims -> claims.setExpirationTime(NumericDate.fromMilliseconds(clock.millis() - 60_000))));
        refused(token(claims -> claims.setNotBefore(NumericDate.fromMilliseconds(clock.millis() + 60_000))));
        refused(sign("RS256", Provider.key("first").getPrivateKey(), "first", claims()));
        refused(sign("HS256", new HmacKey(published.getPublicKey().getEncoded()), "first", claims()));
        refused(TestTokens.token("admin"));
        refused("x.y.z");
        refused("eyJhbGciOiJub25lIn0.e30.");
        User admin = new User(Ids.next(), "admin", Set.of("admin"), false, 1, false, clock.instant(), clock.instant());
        refused(own.issue(admin).await().indefinitely());
    }

    @Test
    void hasNoLoginOfItsOwn() {
        RestAssured.given()
                .contentType(ContentType.JSON)
                .body("{\"login\":\"admin\",\"password\":\"six quiet snowy owls\"}")
                .post("/api/v1/sessions")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/login-at-provider"));
    }

    @Test
    void findsANewKeyAndForgetsAnOldOneButDoesNotAskForEachToken() throws Exception {
        session(token(_ -> {})).statusCode(200);
        RsaJsonWebKey old = Provider.signingKey();
        RsaJsonWebKey next = Provider.key(
                "key-" + UUID.nameUUIDFromBytes(old.getKeyId().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        Provider.publish(next);
        clock.forward(Duration.ofSeconds(31));
        session(token(_ -> {})).statusCode(200);
        refused(sign("RS256", old.getPrivateKey(), old.getKeyId(), claims()));
        int reads = Provider.reads();
        for (int i = 0; i < 5; i++) {
            refused(sign("RS256", old.getPrivateKey(), "nobody-" + i, claims()));
            session(token(_ -> {})).statusCode(200);
        }
        assertThat(Provider.reads()).isEqualTo(reads);
    }

    @Test
    void worksWithTheKeysItHasWhileTheProviderIsDown() throws Exception {
        session(token(_ -> {})).statusCode(200);
        Provider.setDown(true);
        clock.forward(Duration.ofMinutes(11));
        session(token(_ -> {})).statusCode(200);
    }

    private static void refused(String token) {
        session(token).statusCode(401).contentType("application/problem+json");
    }

    private static ValidatableResponse session(String token) {
        return call("/api/v1/sessions/current", token);
    }

    private static ValidatableResponse call(String path, String token) {
        return RestAssured.given().auth().oauth2(token).get(path).then();
    }

    private String token(Consumer<JwtClaims> change) throws JoseException {
        JwtClaims claims = claims();
        change.accept(claims);
        RsaJsonWebKey key = Provider.signingKey();
        return sign("RS256", key.getPrivateKey(), key.getKeyId(), claims);
    }

    private JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(Provider.issuer());
        claims.setAudience("account", "snowball");
        claims.setSubject("somebody");
        claims.setExpirationTime(NumericDate.fromMilliseconds(clock.millis() + 300_000));
        return claims;
    }

    private static String sign(String algorithm, java.security.Key key, String keyId, JwtClaims claims)
            throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKeyIdHeaderValue(keyId);
        signature.setKey(key);
        signature.setPayload(claims.toJson());
        return signature.getCompactSerialization();
    }
}
