package io.snowball.platform.feed;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.snowball.platform.SnowballConfig;
import io.snowball.platform.security.InternalTokens;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;

/** Starts a consumer for each {@link FeedHandler} with the application, and stops them with it. */
@ApplicationScoped
class FeedConsumers {
    private final List<FeedConsumer> consumers;
    private final boolean enabled;

    FeedConsumers(
            @All List<FeedHandler> handlers,
            Pool pool,
            Vertx vertx,
            SnowballConfig config,
            InternalTokens tokens,
            ObjectMapper json,
            Clock clock,
            MeterRegistry meters) {
        WebClient http = WebClient.create(vertx);
        this.enabled = config.feed().enabled();
        this.consumers = handlers.stream()
                .map(handler -> new FeedConsumer(
                        handler, pool, http, config.peer(handler.source()), tokens, json, clock, meters))
                .toList();
    }

    void start(@Observes StartupEvent event) {
        if (enabled) {
            consumers.forEach(FeedConsumer::start);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        consumers.forEach(FeedConsumer::stop);
    }
}
