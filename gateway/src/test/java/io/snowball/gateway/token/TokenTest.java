package io.snowball.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.snowball.gateway.Door;
import io.snowball.gateway.Door.Person;
import io.snowball.gateway.MovedClock;
import io.snowball.gateway.Siblings;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever makes a token himself stays outside. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(Siblings.class)
class TokenTest {
    private static final String ES256 = AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;

    @Inject
    SigningKeys keys;

    @Inject
    MovedClock clock;

    private EllipticCurveJsonWebKey ours;
    private JwtClaims claims;
    private Person admin;

    @BeforeEach
    void takeAGoodTokenApart() throws Exception {
        ours = keys.all().await().indefinitely().getFirst();
        admin = Door.admin();
        claims = new JwtConsumerBuilder()
                .setSkipAllValidators()
                .setVerificationKey(ours.getPublicKey())
                .build()
                .processToClaims(admin.token());
    }

    @Test
    void isWellMadeInTheseTests() throws Exception {
        call(signed(ES256, ours.getPrivateKey(), ours.getKeyId())).statusCode(200);
    }

    @Test
    void refusesATokenWithoutSignature() throws Exception {
        JsonWebSignature none = new JsonWebSignature();
        none.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        none.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
        none.setPayload(claims.toJson());
        refused(none.getCompactSerialization());
        String[] parts = admin.token().split("\\.");
        refused(parts[0] + "." + parts[1] + ".");
    }

    @Test
    void refusesThePublicKeyAsASharedSecret() throws Exception {
        String jwks = new JsonWebKeySet(ours).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
        refused(signed("HS256", new HmacKey(ours.getPublicKey().getEncoded()), ours.getKeyId()));
        refused(signed("HS256", new HmacKey(jwks.getBytes(StandardCharsets.UTF_8)), ours.getKeyId()));
    }

    @Test
    void refusesAnotherKey() throws Exception {
        EllipticCurveJsonWebKey theirs = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        refused(signed(ES256, theirs.getPrivateKey(), ours.getKeyId()));
        refused(signed(ES256, theirs.getPrivateKey(), "another"));
    }

    @Test
    void refusesOtherClaims() throws Exception {
        refused(with(changed -> changed.setIssuer("http://elsewhere")));
        refused(with(changed -> changed.setIssuer("snowball")));
        refused(with(changed -> changed.unsetClaim("iss")));
        refused(with(changed -> changed.setAudience("another")));
        refused(with(changed -> changed.unsetClaim("aud")));
        refused(with(changed -> changed.unsetClaim("exp")));
        refused(with(changed -> changed.unsetClaim("sub")));
        refused(with(changed -> changed.unsetClaim("ver")));
        refused(with(changed -> changed.setSubject("admin")));
        refused(with(changed -> changed.setSubject("01980d2c-4a3e-7c52-9d0a-5b1f3f0c9a11")));
    }

    @Test
    void refusesAChangedPayload() {
        String[] parts = admin.token().split("\\.");
        String payload = claims.toJson().replace("\"ver\":1", "\"ver\":2");
        refused(parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8)) + "."
                + parts[2]);
    }

    @Test
    void refusesAnExpiredToken() {
        call(admin.token()).statusCode(200);
        clock.forward(Duration.ofHours(8).plusSeconds(20));
        refused(admin.token());
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "service"})
    void refusesTheTokenBetweenTheServices(String role) {
        refused(TestTokens.token(role));
        RestAssured.given()
                .auth()
                .oauth2(TestTokens.token(role))
                .get("/feed")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x.y", "x.y.z", "..", "e30.e30.", "eyJhbGciOiJub25lIn0.e30."})
    void refusesWhatIsNoToken(String token) {
        refused(token);
    }

    @Test
    void asksForATokenWhereThereIsNone() {
        RestAssured.get("/api/v1/customers/1")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer")
                .body("type", equalTo("/problems/unauthorized"));
        RestAssured.given()
                .auth()
                .preemptive()
                .basic("admin", Door.ADMIN_PASSWORD)
                .get("/api/v1/sessions/current")
                .then()
                .statusCode(401);
    }

    private void refused(String token) {
        for (String path : new String[] {"/api/v1/sessions/current", "/api/v1/customers/1"}) {
            RestAssured.given()
                    .auth()
                    .oauth2(token)
                    .get(path)
                    .then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .header("WWW-Authenticate", "Bearer")
                    .header("X-Content-Type-Options", "nosniff")
                    .body("type", equalTo("/problems/unauthorized"))
                    .body("status", equalTo(401));
        }
    }

    private static ValidatableResponse call(String token) {
        return RestAssured.given()
                .auth()
                .oauth2(token)
                .get("/api/v1/sessions/current")
                .then();
    }

    private String with(Consumer<JwtClaims> change) throws Exception {
        JwtClaims changed = JwtClaims.parse(claims.toJson());
        change.accept(changed);
        assertThat(changed.toJson()).isNotEqualTo(claims.toJson());
        return signed(changed, ES256, ours.getPrivateKey(), ours.getKeyId());
    }

    private String signed(String algorithm, Key key, String keyId) throws JoseException {
        return signed(claims, algorithm, key, keyId);
    }

    private static String signed(JwtClaims claims, String algorithm, Key key, String keyId) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKeyIdHeaderValue(keyId);
        signature.setKey(key);
        signature.setPayload(claims.toJson());
        return signature.getCompactSerialization();
    }
}
