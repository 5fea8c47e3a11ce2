package io.snowball.platform.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.SnowballConfig;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.InternalTokens;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reader that can't go on is seen and says where it stands. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(OwnFeed.class)
class FeedConsumerTest {
    @Inject
    Pool pool;

    @Inject
    Outbox outbox;

    @Inject
    Vertx vertx;

    @Inject
    SnowballConfig config;

    @Inject
    InternalTokens tokens;

    @Inject
    ObjectMapper json;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Ahead clock = new Ahead();
    private final Picky handler = new Picky();
    private final Said said = new Said();
    private final Logger log = Logger.getLogger(FeedConsumer.class.getName());

    private FeedConsumer consumer;

    @BeforeEach
    void start() {
        log.addHandler(said);
        consumer = new FeedConsumer(
                handler, pool, WebClient.create(vertx), config.peer("self"), tokens, json, clock, meters);
        consumer.start();
    }

    @AfterEach
    void stop() {
        consumer.stop();
        log.removeHandler(said);
    }

    @Test
    void appliesWhatPrecedesAnEventAtFaultAndNamesIt() {
        List<UUID> good = List.of(Ids.next(), Ids.next(), Ids.next());
        UUID after = Ids.next();
        pool.withTransaction(tx -> outbox.append(
                        tx,
                        List.of(
                                new Outbox.Entry(good.get(0), "test.good", Map.of()),
                                new Outbox.Entry(good.get(1), "test.good", Map.of()),
                                new Outbox.Entry(good.get(2), "test.good", Map.of()),
                                new Outbox.Entry(Ids.next(), "test.poison", Map.of()),
                                new Outbox.Entry(after, "test.good", Map.of()))))
                .await()
                .indefinitely();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(said.lines).anyMatch(line -> line.contains("of type test.poison")));
        assertThat(said.lines).anyMatch(line -> line.matches(".*before event \\d+-\\d+ of type test\\.poison.*"));
        assertThat(handler.applied).containsSubsequence(good).doesNotContain(after);

        assertThat(lag()).isLessThan(60);
        clock.ahead = Duration.ofMinutes(10);
        assertThat(lag()).as("grows while nothing is applied").isGreaterThan(500);

        handler.refuses = "nothing";
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(handler.applied).contains(after));
    }

    private double lag() {
        return meters.get("snowball_feed_lag_seconds").gauge().value();
    }

    /** Refuses each page that has an event of one type. */
    private static final class Picky implements FeedHandler {
        private final String name = "picky-" + Ids.next();
        private final List<UUID> applied = new CopyOnWriteArrayList<>();
        private volatile String refuses = "test.poison";

        @Override
        public String source() {
            return "self";
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Uni<Void> apply(SqlConnection tx, List<FeedEvent> batch) {
            if (batch.stream().anyMatch(event -> event.type().equals(refuses))) {
                return Uni.createFrom().failure(new IllegalStateException("not to my taste"));
            }
            batch.forEach(event -> applied.add(event.subject()));
            return Uni.createFrom().voidItem();
        }
    }

    private static final class Ahead extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

    private static final class Said extends Handler {
        private static final PatternFormatter TEXT = new PatternFormatter("%s");

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            lines.add(TEXT.format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
