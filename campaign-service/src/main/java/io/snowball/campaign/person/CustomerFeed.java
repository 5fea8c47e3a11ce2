package io.snowball.campaign.person;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.campaign.message.PersonMessages;
import io.snowball.campaign.message.PersonMessages.Merge;
import io.snowball.campaign.report.OrderCopies;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.feed.FeedHandler;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** People first, one event after the other; then the orders, which follow their messages. */
@ApplicationScoped
class CustomerFeed implements FeedHandler {
    private static final String MERGED = "customer.merged";
    private static final String UNMERGED = "customer.unmerged";
    private static final String ERASED = "customer.erased";
    private static final Set<String> TYPES = Set.of(MERGED, UNMERGED, ERASED);

    private final PersonMessages messages;
    private final Forgetting forgetting;
    private final OrderCopies orders;

    CustomerFeed(PersonMessages messages, Forgetting forgetting, OrderCopies orders) {
        this.messages = messages;
        this.forgetting = forgetting;
        this.orders = orders;
    }

    @Override
    public String source() {
        return "customer";
    }

    @Override
    public Uni<Void> apply(SqlConnection tx, List<FeedEvent> batch) {
        return Multi.createFrom()
                .iterable(batch)
                .filter(event -> TYPES.contains(event.type()))
                .onItem()
                .transformToUniAndConcatenate(event -> apply(tx, event))
                .collect()
                .last()
                .chain(() -> orders.apply(tx, batch));
    }

    private Uni<Void> apply(SqlConnection tx, FeedEvent event) {
        JsonNode data = event.data();
        return switch (event.type()) {
            case MERGED -> messages.merge(tx, merge(data));
            case UNMERGED -> messages.unmerge(tx, id(data, "mergeId"));
            default -> forgetting.forget(tx, id(data, "customerId"));
        };
    }

    private static Merge merge(JsonNode data) {
        return new Merge(id(data, "mergeId"), id(data, "customerId"), id(data, "mergedCustomerId"));
    }

    private static UUID id(JsonNode data, String field) {
        return UUID.fromString(data.required(field).asText());
    }
}
