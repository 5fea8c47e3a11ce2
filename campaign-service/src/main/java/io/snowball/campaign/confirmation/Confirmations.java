package io.snowball.campaign.confirmation;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.snowball.campaign.CampaignConfig;
import io.snowball.platform.db.Params;
import io.snowball.platform.feed.FeedEvent;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Which consents wait for a mail. */
@ApplicationScoped
public class Confirmations {
    /* language=PostgreSQL */
    private static final String NOTE = """
            insert into confirmation_mail (record_id, customer_id, state, due_at)
            select u.record_id, u.customer_id, 'DUE', $3
            from unnest($1::uuid[], $2::uuid[]) as u (record_id, customer_id)
            on conflict do nothing
            """;

    /* language=PostgreSQL */
    private static final String ERASE = "delete from confirmation_mail where customer_id = $1";

    private final CampaignConfig.Confirmation config;
    private final Clock clock;

    Confirmations(CampaignConfig config, Clock clock) {
        this.config = config.confirmation();
        this.clock = clock;
    }

    private record Awaited(UUID recordId, UUID customerId) {
        static Awaited of(JsonNode data) {
            return new Awaited(
                    UUID.fromString(data.required("recordId").asText()),
                    UUID.fromString(data.required("customerId").asText()));
        }
    }

    /** Of a batch of consent's feed. Whether it still waits is asked when the mail goes out. */
    public Uni<Void> note(SqlConnection tx, List<FeedEvent> batch) {
        List<Awaited> awaited = batch.stream()
                .filter(event -> config.enabled() && event.type().equals("consent.changed"))
                .map(FeedEvent::data)
                .filter(this::isAwaited)
                .map(Awaited::of)
                .toList();
        return awaited.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(NOTE)
                        .execute(Params.of(
                                Params.uuids(awaited, Awaited::recordId),
                                Params.uuids(awaited, Awaited::customerId),
                                OffsetDateTime.now(clock)))
                        .replaceWithVoid();
    }

    public Uni<Void> erase(SqlConnection tx, UUID customerId) {
        return tx.preparedQuery(ERASE).execute(Params.of(customerId)).replaceWithVoid();
    }

    /** Who said it long ago, in another system perhaps, expects no mail now: an import must not write to thousands. */
    private boolean isAwaited(JsonNode data) {
        return data.path("state").asText().equals("PENDING_CONFIRMATION")
                && data.path("type").asText().equals("ADVERTISING")
                && data.path("channel").asText().equals("EMAIL")
                && Instant.parse(data.required("at").asText())
                        .isAfter(clock.instant().minus(config.maxAge()));
    }
}
