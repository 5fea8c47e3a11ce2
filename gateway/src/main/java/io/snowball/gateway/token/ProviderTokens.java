package io.snowball.gateway.token;

import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.snowball.gateway.GatewayConfig;
import io.snowball.gateway.login.User;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jspecify.annotations.Nullable;

/** Access tokens of the OpenID Connect provider that the installation trusts. */
@ApplicationScoped
class ProviderTokens {
    /** Public-key signatures only: with HS256 the published key would be the secret. */
    private static final String[] ALGORITHMS = {
        AlgorithmIdentifiers.RSA_USING_SHA256,
        AlgorithmIdentifiers.RSA_USING_SHA384,
        AlgorithmIdentifiers.RSA_USING_SHA512,
        AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
        AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
        AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
        AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
        AlgorithmIdentifiers.EDDSA
    };

    private static final int CLOCK_SKEW_SECONDS = 30;

    private final ProviderKeys keys;
    private final Clock clock;
    private final String issuer;
    private final String audience;
    private final List<String> rolesClaims;

    ProviderTokens(ProviderKeys keys, Clock clock, GatewayConfig config) {
        this.keys = keys;
        this.clock = clock;
        this.issuer = config.oidc().issuer().orElse("");
        this.audience = config.oidc().audience();
        this.rolesClaims = config.oidc().rolesClaims();
    }

    Uni<Caller> check(String token) {
        return keys.forKey(keyId(token)).map(known -> verify(token, known)).map(this::caller);
    }

    /** Read before anything is believed: it only says which key to look for. */
    private static @Nullable String keyId(String token) {
        try {
            String header = token.substring(0, Math.max(0, token.indexOf('.')));
            byte[] json = Base64.getUrlDecoder().decode(header);
            return new JsonObject(new String(json, StandardCharsets.UTF_8)).getString("kid");
        } catch (IllegalArgumentException | DecodeException | ClassCastException refused) {
            throw new AuthenticationFailedException(refused);
        }
    }

    private JwtClaims verify(String token, List<JsonWebKey> known) {
        try {
            return new JwtConsumerBuilder()
                    .setJwsAlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS)
                    .setVerificationKeyResolver(new JwksVerificationKeyResolver(known))
                    .setExpectedIssuer(issuer)
                    .setExpectedAudience(audience)
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

    private Caller caller(JwtClaims claims) {
        try {
            String subject = claims.getSubject();
            String login = claims.getStringClaimValue("preferred_username");
            return new Caller(userId(subject), login == null ? subject : login, roles(claims.getClaimsMap()), false);
        } catch (MalformedClaimException refused) {
            throw new AuthenticationFailedException(refused);
        }
    }

    /** The services know users by UUID; a provider that names them otherwise gets the same one for the same subject. */
    private String userId(String subject) {
        try {
            return UUID.fromString(subject).toString();
        } catch (IllegalArgumentException _) {
            return UUID.nameUUIDFromBytes((issuer + "|" + subject).getBytes(StandardCharsets.UTF_8))
                    .toString();
        }
    }

    /** Only roles that a person can have: no provider makes anybody a service. */
    private Set<String> roles(Map<String, Object> claims) {
        for (String path : rolesClaims) {
            @Nullable Object value = claims;
            for (String step : path.split("/")) {
                value = value instanceof Map<?, ?> map ? map.get(step) : null;
            }
            if (value instanceof Collection<?> names) {
                return names.stream()
                        .map(String::valueOf)
                        .filter(User.ASSIGNABLE_ROLES::contains)
                        .collect(Collectors.toUnmodifiableSet());
            }
        }
        return Set.of();
    }
}
