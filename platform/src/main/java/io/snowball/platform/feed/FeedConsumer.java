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
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Follows one feed: read a page, apply it and move the cursor in one transaction, again. Every event takes effect exactly once,
 * however often this process or a second replica of it is killed: two replicas that read the same page meet at the cursor's row,
 * and the later one sees that it has moved and drops its page. A page that can't be applied is read again in halves, so that
 * what precedes the event at fault takes effect, and the log can name it.
 */
class FeedConsumer {
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
    private volatile Duration lag = Duration.ZERO;
    private volatile @Nullable Instant succeededAt;
    private @Nullable Cancellable running;
    private int limit;
    private boolean failing;
    private @Nullable FeedEvent suspect;
    private @Nullable String named;

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
        this.limit = handler.page();
        this.pool = pool;
        this.http = http;
        this.url = peerUrl + "/feed";
        this.tokens = tokens;
        this.json = json;
        this.clock = clock;
        meters.gauge("snowball_feed_lag_seconds", Tags.of("feed", handler.name()), this, FeedConsumer::lagSeconds);
    }

    /** How old the last event was, or how long nothing could be read or applied, whichever is worse. */
    private double lagSeconds() {
        Instant success = succeededAt;
        Duration silence = success == null
                ? Duration.ZERO
                // So long a healthy reader may wait for news.
                : Duration.between(success, clock.instant()).minusSeconds(WAIT_SECONDS);
        return Math.max(0, Math.max(lag.toMillis(), silence.toMillis()) / 1000.0);
    }

    void start() {
        succeededAt = clock.instant();
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
                .chain(cursor -> fetch(cursor).call(page -> applyFrom(cursor, page)))
                .map(page -> page.events().size());
    }

    /** @param heldSince on an empty page: since when the sibling may not show what it has */
    private record Page(List<FeedEvent> events, @Nullable Instant heldSince) {}

    private Uni<Page> fetch(String cursor) {
        return http.getAbs(url)
                .addQueryParam("lastEventId", cursor)
                .addQueryParam("limit", String.valueOf(limit))
                .addQueryParam("timeout", String.valueOf(WAIT_SECONDS))
                .bearerTokenAuthentication(tokens.forSiblings())
                .timeout(Duration.ofSeconds(WAIT_SECONDS + 10L).toMillis())
                .send()
                .map(response -> {
                    if (response.statusCode() != 200) {
                        throw new IllegalStateException("the feed answered " + response.statusCode());
                    }
                    String held = response.getHeader(FeedResource.HELD_SINCE);
                    return new Page(
                            parse(response.bodyAsBuffer().getBytes()), held == null ? null : Instant.parse(held));
                });
    }

    private Uni<Void> applyFrom(String cursor, Page page) {
        List<FeedEvent> batch = page.events();
        if (batch.isEmpty()) {
            lag = since(page.heldSince());
            return Uni.createFrom().voidItem();
        }
        return pool.withTransaction(tx -> move(tx, cursor, batch.getLast().id())
                        .chain(mine -> mine
                                ? handler.apply(tx, batch)
                                : Uni.createFrom().voidItem()))
                .onFailure()
                .invoke(() -> narrow(batch))
                .invoke(() -> lag = since(batch.getLast().time()));
    }

    private Duration since(@Nullable Instant moment) {
        return moment == null ? Duration.ZERO : Duration.between(moment, clock.instant());
    }

    private void narrow(List<FeedEvent> batch) {
        limit = Math.max(1, batch.size() / 2);
        suspect = batch.size() == 1 ? batch.getFirst() : null;
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
                events.add(parse(event));
            }
            return events;
        } catch (IOException unreadable) {
            throw new IllegalStateException("the feed is not JSON", unreadable);
        }
    }

    private static FeedEvent parse(JsonNode event) {
        String id = event.path("id").asText();
        String type = event.path("type").asText();
        try {
            return new FeedEvent(
                    id,
                    type,
                    UUID.fromString(event.path("subject").asText()),
                    Instant.parse(event.path("time").asText()),
                    event.path("data"));
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw new IllegalStateException("event " + id + " of type " + type + " can't be read", wrong);
        }
    }

    private void succeeded() {
        succeededAt = clock.instant();
        limit = Math.min(handler.page(), limit * 2);
        suspect = null;
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
        FeedEvent event = suspect;
        if (event != null && !event.id().equals(named)) {
            named = event.id();
            Log.errorf(
                    "Feed %s stands still before event %s of type %s, which can't be applied: %s",
                    handler.name(), event.id(), event.type(), failure);
        }
    }
}
