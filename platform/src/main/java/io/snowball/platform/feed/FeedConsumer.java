package io.snowball.platform.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.security.InternalTokens;
import io.vertx.mutiny.ext.web.client.WebClient;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Follows one feed: read a page, apply it and move the cursor in one transaction, again. Every event takes effect exactly once,
 * however often this process or a second replica of it is killed: two replicas that read the same page meet at the cursor's row,
 * and the later one sees that it has moved and drops its page.
 */
class FeedConsumer {
    private static final int PAGE = 1000;
    private static final int WAIT_SECONDS = 20;
    private static final Duration PAUSE_MIN = Duration.ofMillis(200);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    /* language=PostgreSQL */
    private static final String START =
            "insert into feed_cursor (feed, last_event_id, moved_at) values ($1, '', $2) on conflict do nothing";

    /* language=PostgreSQL */
    private static final String CURSOR = "select last_event_id from feed_cursor where feed = $1";

    /* language=PostgreSQL */
    private static final String MOVE = """
            update feed_cursor set last_event_id = $3, moved_at = $4
            where feed = $1 and last_event_id = $2
            """;

    private final FeedHandler handler;
    private final Pool pool;
    private final WebClient http;
    private final String url;
    private final InternalTokens tokens;
    private final ObjectMapper json;
    private final Clock clock;
    private final AtomicLong lagMillis;
    private @Nullable Cancellable running;
    private boolean failing;

    FeedConsumer(
            FeedHandler handler,
            Pool pool,
            WebClient http,
            String peerUrl,
            InternalTokens tokens,
            ObjectMapper json,
            Clock clock,
            MeterRegistry meters) {
        this.handler = handler;
        this.pool = pool;
        this.http = http;
        this.url = peerUrl + "/feed";
        this.tokens = tokens;
        this.json = json;
        this.clock = clock;
        this.lagMillis = new AtomicLong();
        meters.gauge(
                "snowball_feed_lag_seconds", Tags.of("feed", handler.name()), lagMillis, lag -> lag.get() / 1000.0);
    }

    void start() {
        running = pool.preparedQuery(START)
                .execute(Params.of(handler.name(), OffsetDateTime.now(clock)))
                // Not toUni(): it would be content with the first cycle and cancel the rest.
                .chain(() -> cycle().invoke(this::succeeded)
                        .repeat()
                        .indefinitely()
                        .onItem()
                        .ignoreAsUni())
                .onFailure()
                .invoke(this::failed)
                .onFailure()
                .retry()
                .withBackOff(PAUSE_MIN, PAUSE_MAX)
                .indefinitely()
                .subscribe()
                .with(_ -> {});
    }

    void stop() {
        if (running != null) {
            running.cancel();
        }
    }

    private Uni<Integer> cycle() {
        return pool.preparedQuery(CURSOR)
                .execute(Params.of(handler.name()))
                .map(rows ->
                        Rows.first(rows, row -> row.getString("last_event_id")).orElse(""))
                .chain(cursor -> fetch(cursor).call(batch -> applyFrom(cursor, batch)))
                .map(List::size);
    }

    private Uni<List<FeedEvent>> fetch(String cursor) {
        return http.getAbs(url)
                .addQueryParam("lastEventId", cursor)
                .addQueryParam("limit", String.valueOf(PAGE))
                .addQueryParam("timeout", String.valueOf(WAIT_SECONDS))
                .bearerTokenAuthentication(tokens.forSiblings())
                .timeout(Duration.ofSeconds(WAIT_SECONDS + 10L).toMillis())
                .send()
                .map(response -> {
                    if (response.statusCode() != 200) {
                        throw new IllegalStateException("the feed answered " + response.statusCode());
                    }
                    return parse(response.bodyAsBuffer().getBytes());
                });
    }

    private Uni<Void> applyFrom(String cursor, List<FeedEvent> batch) {
        if (batch.isEmpty()) {
            lagMillis.set(0);
            return Uni.createFrom().voidItem();
        }
        return pool.withTransaction(tx -> move(tx, cursor, batch.getLast().id())
                        .chain(mine -> mine
                                ? handler.apply(tx, batch)
                                : Uni.createFrom().voidItem()))
                .invoke(() -> lagMillis.set(Duration.between(batch.getLast().time(), clock.instant())
                        .toMillis()));
    }

    /** First of all: it locks the cursor's row, so of two replicas with the same page only one goes on. */
    private Uni<Boolean> move(SqlConnection tx, String from, String to) {
        return tx.preparedQuery(MOVE)
                .execute(Params.of(handler.name(), from, to, OffsetDateTime.now(clock)))
                .map(rows -> rows.rowCount() == 1);
    }

    private List<FeedEvent> parse(byte[] body) {
        try {
            List<FeedEvent> events = new ArrayList<>();
            for (JsonNode event : json.readTree(body)) {
                events.add(new FeedEvent(
                        event.path("id").asText(),
                        event.path("type").asText(),
                        UUID.fromString(event.path("subject").asText()),
                        Instant.parse(event.path("time").asText()),
                        event.path("data")));
            }
            return events;
        } catch (IOException unreadable) {
            throw new IllegalStateException("the feed is not JSON", unreadable);
        }
    }

    private void succeeded() {
        if (failing) {
            failing = false;
            Log.infof("Feed %s is being read again", handler.name());
        }
    }

    private void failed(Throwable failure) {
        // Once per outage with the cause; a sibling that is down for an hour must not fill the log.
        if (!failing) {
            failing = true;
            Log.warnf("Feed %s can't be read or applied, trying again: %s", handler.name(), failure);
        }
    }
}
