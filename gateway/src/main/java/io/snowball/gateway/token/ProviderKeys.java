package io.snowball.gateway.token;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.snowball.gateway.GatewayConfig;
import io.snowball.platform.problem.ProblemException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The provider's public keys, by OpenID Connect discovery. Read again when they are old, or when a token names a key that is not
 * among them, but then not more than twice a minute: anybody can name any key. While the provider is down the old ones hold.
 */
@ApplicationScoped
class ProviderKeys {
    private static final Duration BETWEEN_READS_MIN = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int RETRY_AFTER_SECONDS = 10;

    private final WebClient http;
    private final Clock clock;
    private final String issuer;
    private final Duration kept;
    private volatile @Nullable Known known;
    private volatile Instant triedAt = Instant.MIN;

    ProviderKeys(Vertx vertx, Clock clock, GatewayConfig config) {
        this.http =
                WebClient.create(vertx, new WebClientOptions().setConnectTimeout(Math.toIntExact(TIMEOUT.toMillis())));
        this.clock = clock;
        this.issuer = config.oidc().issuer().orElse("");
        this.kept = config.oidc().keysKept();
    }

    private record Known(List<JsonWebKey> keys, Instant readAt) {}

    /** @param keyId which the token names; null where it names none */
    Uni<List<JsonWebKey>> forKey(@Nullable String keyId) {
        Instant now = clock.instant();
        Known current = known;
        if (current != null && !worthReading(current, keyId, now)) {
            return Uni.createFrom().item(current.keys());
        }
        triedAt = now;
        Uni<List<JsonWebKey>> read = read().invoke(keys -> known = new Known(keys, now));
        return read.onFailure().recoverWithItem(failure -> {
            Log.warnf("Keys of the OpenID Connect provider could not be read: %s", failure.getMessage());
            if (current == null) {
                throw ProblemException.unavailable("The OpenID Connect provider does not answer", RETRY_AFTER_SECONDS);
            }
            return current.keys();
        });
    }

    private boolean worthReading(Known current, @Nullable String keyId, Instant now) {
        boolean old = now.isAfter(current.readAt().plus(kept));
        boolean unknown = keyId != null && current.keys().stream().noneMatch(key -> keyId.equals(key.getKeyId()));
        return (old || unknown) && now.isAfter(triedAt.plus(BETWEEN_READS_MIN));
    }

    private Uni<List<JsonWebKey>> read() {
        String base = issuer.endsWith("/") ? issuer : issuer + "/";
        return get(base + ".well-known/openid-configuration")
                .map(this::keysAddress)
                .chain(this::get)
                .map(ProviderKeys::parse);
    }

    private Uni<String> get(String address) {
        return http.getAbs(address).timeout(TIMEOUT.toMillis()).send().map(response -> body(response, address));
    }

    private static String body(HttpResponse<?> response, String address) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(address + " answers " + response.statusCode());
        }
        return response.bodyAsString();
    }

    private String keysAddress(String discovery) {
        JsonObject document = new JsonObject(discovery);
        if (!issuer.equals(document.getString("issuer"))) {
            throw new IllegalStateException("gateway.oidc.issuer must be exactly what the provider calls itself: "
                    + document.getString("issuer"));
        }
        return document.getString("jwks_uri");
    }

    private static List<JsonWebKey> parse(String keys) {
        try {
            return List.copyOf(new JsonWebKeySet(keys).getJsonWebKeys());
        } catch (JoseException failure) {
            throw new IllegalStateException("The provider's keys are not a JSON Web Key Set", failure);
        }
    }
}
