package io.snowball.gateway.token;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** A small OpenID Connect provider: discovery, keys that change, and tokens by whoever holds a key. */
public class Provider implements QuarkusTestResourceLifecycleManager {
    private static volatile List<RsaJsonWebKey> keys = List.of(key("first"));
    private static final AtomicInteger READS = new AtomicInteger();
    private static volatile boolean down;
    private static volatile String issuer = "";

    private @Nullable HttpServer server;

    static String issuer() {
        return issuer;
    }

    static RsaJsonWebKey signingKey() {
        return keys.getLast();
    }

    static void publish(RsaJsonWebKey... published) {
        keys = List.of(published);
    }

    static void setDown(boolean isDown) {
        down = isDown;
    }

    static int reads() {
        return READS.get();
    }

    static RsaJsonWebKey key(String id) {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            return key;
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public Map<String, String> start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            issuer = "http://localhost:" + started.getAddress().getPort() + "/realms/shop";
            started.createContext(
                    "/realms/shop/.well-known/openid-configuration",
                    exchange -> answer(
                            exchange,
                            new JsonObject()
                                    .put("issuer", issuer)
                                    .put("jwks_uri", issuer + "/keys")
                                    .encode()));
            started.createContext("/realms/shop/keys", exchange -> {
                READS.incrementAndGet();
                answer(exchange, new JsonWebKeySet(keys).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
            });
            started.start();
            server = started;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Map.of("gateway.oidc.issuer", issuer);
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            if (down) {
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }
}
