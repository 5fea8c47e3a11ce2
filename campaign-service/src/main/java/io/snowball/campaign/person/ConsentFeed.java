package io.snowball.campaign.person;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.confirmation.Confirmations;
import io.snowball.campaign.message.PersonMessages;
import io.snowball.campaign.message.PersonMessages.Stopped;
import io.snowball.campaign.report.Unsubscribes;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.feed.FeedHandler;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Messages that wait need nothing when a consent is withdrawn or data are blocked: the decision at hand-over will say no, and yes
 * again should that be over by then. A stop has no end of its own, so what waits is over at once.
 */
@ApplicationScoped
class ConsentFeed implements FeedHandler {
    private final PersonMessages messages;
    private final Confirmations confirmations;
    private final Unsubscribes unsubscribes;

    ConsentFeed(PersonMessages messages, Confirmations confirmations, Unsubscribes unsubscribes) {
        this.messages = messages;
        this.confirmations = confirmations;
        this.unsubscribes = unsubscribes;
    }

    @Override
    public String source() {
        return "consent";
    }

    @Override
    public Uni<Void> apply(SqlConnection tx, List<FeedEvent> batch) {
        List<Stopped> stopped = batch.stream()
                .map(ConsentFeed::stopped)
                .flatMap(Optional::stream)
                .toList();
        return unsubscribes
                .apply(tx, batch)
                .chain(() -> confirmations.note(tx, batch))
                .chain(() -> messages.stop(tx, stopped));
    }

    private static Optional<Stopped> stopped(FeedEvent event) {
        return switch (event.type()) {
            case "contact.stopped" ->
                Optional.of(stopped(
                        event,
                        event.data().path("channel").asText(),
                        event.data().path("reason").asText()));
            case "destruction.ordered" -> Optional.of(stopped(event, Stopped.ANY_CHANNEL, Stopped.DESTROYED));
            default -> Optional.empty();
        };
    }

    private static Stopped stopped(FeedEvent event, String channel, String reason) {
        return new Stopped(UUID.fromString(event.data().required("customerId").asText()), channel, reason);
    }
}
