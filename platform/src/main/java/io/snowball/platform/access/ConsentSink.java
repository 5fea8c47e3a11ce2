package io.snowball.platform.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.SnowballConfig;
import io.snowball.platform.security.InternalTokens;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

@DefaultBean
@ApplicationScoped
class ConsentSink implements AccessSink {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final WebClient http;
    private final SnowballConfig config;
    private final InternalTokens tokens;
    private final ObjectMapper json;

    ConsentSink(Vertx vertx, SnowballConfig config, InternalTokens tokens, ObjectMapper json) {
        this.http = WebClient.create(vertx);
        this.config = config;
        this.tokens = tokens;
        this.json = json;
    }

    @RegisterForReflection
    record AccessBatch(String source, List<AccessRecord> records) {}

    @Override
    public Uni<Void> take(String source, List<AccessRecord> records) {
        return http.postAbs(config.peer("consent") + "/api/v1/access-batches")
                .bearerTokenAuthentication(tokens.forSiblings())
                .putHeader("Content-Type", "application/json")
                .timeout(PATIENCE.toMillis())
                .sendBuffer(body(source, records))
                .invoke(answer -> {
                    if (answer.statusCode() / 100 != 2) {
                        throw new IllegalStateException("consent-service answered " + answer.statusCode());
                    }
                })
                .replaceWithVoid();
    }

    private Buffer body(String source, List<AccessRecord> records) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(new AccessBatch(source, records)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
