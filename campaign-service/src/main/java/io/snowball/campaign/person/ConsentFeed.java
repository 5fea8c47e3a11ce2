package io.snowball.campaign.person;

import io.smallrye.mutiny.Multi;
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
 * again should that be over by then. A stop has no end of its own, so what waits is over at once. Of who is to be destroyed nothing
 * stays under their id.
 */
@ApplicationScoped
class ConsentFeed implements FeedHandler {
    private static final String DESTROYED = "destruction.ordered";

    private final PersonMessages messages;
    private final Confirmations confirmations;
    private final Unsubscribes unsubscribes;
    private final Forgetting forgetting;

    ConsentFeed(
            PersonMessages messages, Confirmations confirmations, Unsubscribes unsubscribes, Forgetting forgetting) {
        this.messages = messages;
        this.confirmations = confirmations;
        this.unsubscribes = unsubscribes;
        this.forgetting = forgetting;
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
                .chain(() -> messages.stop(tx, stopped))
                .chain(() -> forget(tx, batch));
    }

    /** After the stop: what waited says why it was never sent. */
    private Uni<Void> forget(SqlConnection tx, List<FeedEvent> batch) {
        return Multi.createFrom()
                .iterable(batch)
                .filter(event -> event.type().equals(DESTROYED))
                .onItem()
                .transformToUniAndConcatenate(event -> forgetting.forget(tx, customer(event)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Optional<Stopped> stopped(FeedEvent event) {
        return switch (event.type()) {
            case "contact.stopped" ->
                Optional.of(stopped(
                        event,
                        event.data().path("channel").asText(),
                        event.data().path("reason").asText()));
            case DESTROYED -> Optional.of(stopped(event, Stopped.ANY_CHANNEL, Stopped.DESTROYED));
            default -> Optional.empty();
        };
    }

    private static Stopped stopped(FeedEvent event, String channel, String reason) {
        return new Stopped(customer(event), channel, reason);
    }

    private static UUID customer(FeedEvent event) {
        return UUID.fromString(event.data().required("customerId").asText());
    }
}
