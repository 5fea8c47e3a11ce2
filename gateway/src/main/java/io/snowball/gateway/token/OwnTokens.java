package io.snowball.gateway.token;

import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.snowball.gateway.GatewayConfig;
import io.snowball.gateway.login.User;
import io.snowball.gateway.login.Users;
import io.snowball.gateway.secondfactor.SecondFactorRule;
import io.snowball.platform.SnowballConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
    private static final int KNOWN_MAX = 10_000;

    private final SigningKeys keys;
    private final Users users;
    private final SecondFactorRule secondFactor;
    private final Clock clock;
    private final String issuer;
    private final Duration life;
    // A signature takes longer to check than all else that the door does with a request, and a caller brings the same
    // token each time.
    // Whether the user may still come in is asked each time none the less.
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    OwnTokens(
            SigningKeys keys,
            Users users,
            SecondFactorRule secondFactor,
            Clock clock,
            SnowballConfig snowball,
            GatewayConfig config) {
        this.secondFactor = secondFactor;
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

    private record Known(UUID userId, int tokenVersion, Instant until) {}

    Uni<Caller> check(String token) {
        Known checked = known.get(token);
        return checked != null && clock.instant().isBefore(checked.until())
                ? current(checked)
                : keys.all().map(all -> known(verify(token, all))).chain(fresh -> {
                    remember(token, fresh);
                    return current(fresh);
                });
    }

    private Uni<Caller> current(Known checked) {
        return users.current(checked.userId()).map(user -> caller(user, checked.tokenVersion()));
    }

    private void remember(String token, Known fresh) {
        if (known.size() >= KNOWN_MAX) {
            known.clear();
        }
        known.put(token, fresh);
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

    private static Known known(JwtClaims claims) {
        try {
            int version = claims.getClaimValue(TOKEN_VERSION) instanceof Number number ? number.intValue() : 0;
            Instant until = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
            return new Known(UUID.fromString(claims.getSubject()), version, until);
        } catch (MalformedClaimException | IllegalArgumentException refused) {
            throw new AuthenticationFailedException(refused);
        }
    }

    private Caller caller(Optional<User> found, int tokenVersion) {
        User user = found.filter(one -> !one.disabled() && one.tokenVersion() == tokenVersion)
                .orElseThrow(AuthenticationFailedException::new);
        boolean due = isSecondFactorDue(user);
        return new Caller(user.id().toString(), user.login(), due ? Set.of() : user.roles(), due);
    }

    boolean isSecondFactorDue(User user) {
        return !user.secondFactor() && secondFactor.isRequiredOf(user.roles());
    }
}
