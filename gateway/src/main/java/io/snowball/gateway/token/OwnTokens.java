package io.snowball.gateway.token;

import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.snowball.gateway.GatewayConfig;
import io.snowball.gateway.login.User;
import io.snowball.gateway.login.Users;
import io.snowball.platform.SnowballConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** What a user gets for login and password. It names the user; what the user may do is looked up each time. */
@ApplicationScoped
class OwnTokens {
    private static final String AUDIENCE = "snowball";
    private static final String TOKEN_VERSION = "ver";
    private static final int CLOCK_SKEW_SECONDS = 10;

    private final SigningKeys keys;
    private final Users users;
    private final Clock clock;
    private final String issuer;
    private final Duration life;

    OwnTokens(SigningKeys keys, Users users, Clock clock, SnowballConfig snowball, GatewayConfig config) {
        this.keys = keys;
        this.users = users;
        this.clock = clock;
        this.issuer = snowball.publicUrl();
        this.life = config.login().tokenLife();
    }

    Duration life() {
        return life;
    }

    Uni<String> issue(User user) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience(AUDIENCE);
        claims.setSubject(user.id().toString());
        claims.setIssuedAt(NumericDate.fromMilliseconds(clock.millis()));
        claims.setExpirationTime(
                NumericDate.fromMilliseconds(clock.instant().plus(life).toEpochMilli()));
        claims.setClaim(TOKEN_VERSION, user.tokenVersion());
        return keys.all().map(all -> sign(claims, all.getFirst()));
    }

    Uni<Caller> check(String token) {
        return keys.all()
                .map(all -> verify(token, all))
                .chain(claims -> users.current(subject(claims)).map(user -> caller(user, claims)));
    }

    private static String sign(JwtClaims claims, EllipticCurveJsonWebKey key) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        signature.setHeader("typ", "JWT");
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setKey(key.getPrivateKey());
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException failure) {
            throw new IllegalStateException("A token could not be signed", failure);
        }
    }

    private JwtClaims verify(String token, List<EllipticCurveJsonWebKey> all) {
        try {
            return new JwtConsumerBuilder()
                    .setJwsAlgorithmConstraints(
                            ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
                    .setVerificationKeyResolver(new JwksVerificationKeyResolver(List.copyOf(all)))
                    .setExpectedIssuer(issuer)
                    .setExpectedAudience(AUDIENCE)
                    .setRequireSubject()
                    .setRequireExpirationTime()
                    .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                    .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                    .build()
                    .processToClaims(token);
        } catch (InvalidJwtException refused) {
            throw new AuthenticationFailedException(refused);
        }
    }

    private static UUID subject(JwtClaims claims) {
        try {
            return UUID.fromString(claims.getSubject());
        } catch (MalformedClaimException | IllegalArgumentException refused) {
            throw new AuthenticationFailedException(refused);
        }
    }

    private static Caller caller(Optional<User> found, JwtClaims claims) {
        User user = found.filter(known -> !known.disabled()
                        && claims.getClaimValue(TOKEN_VERSION) instanceof Number version
                        && version.intValue() == known.tokenVersion())
                .orElseThrow(AuthenticationFailedException::new);
        return new Caller(user.id().toString(), user.login(), user.roles());
    }
}
