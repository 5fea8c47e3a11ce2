package io.snowball.consent.merge;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.block.Blocks;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.consent.MergedConsents;
import io.snowball.consent.decision.ContactStops;
import io.snowball.consent.decision.ContactStops.Stop;
import io.snowball.consent.decision.StopReason;
import io.snowball.consent.number.NumberSigns;
import io.snowball.consent.number.NumberSigns.Sign;
import io.snowball.consent.person.MergedCustomers;
import io.snowball.consent.person.MergedCustomers.Merge;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.feed.FeedHandler;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** One event after the other: a second merge of the same person must see what the first one has done. */
@ApplicationScoped
class CustomerFeed implements FeedHandler {
    private static final String MERGED = "customer.merged";
    private static final String UNMERGED = "customer.unmerged";
    private static final String ERASED = "customer.erased";
    private static final String CALLED = "call.recorded";
    private static final Set<String> TYPES = Set.of(MERGED, UNMERGED, ERASED, CALLED);

    private final MergedCustomers customers;
    private final MergedConsents consents;
    private final ContactStops stops;
    private final Blocks blocks;
    private final NumberSigns signs;
    private final Clock clock;

    CustomerFeed(
            MergedCustomers customers,
            MergedConsents consents,
            ContactStops stops,
            Blocks blocks,
            NumberSigns signs,
            Clock clock) {
        this.customers = customers;
        this.consents = consents;
        this.stops = stops;
        this.blocks = blocks;
        this.signs = signs;
        this.clock = clock;
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
                .replaceWithVoid();
    }

    private Uni<Void> apply(SqlConnection tx, FeedEvent event) {
        JsonNode data = event.data();
        return switch (event.type()) {
            case MERGED -> merge(tx, id(data, "mergeId"), id(data, "customerId"), id(data, "mergedCustomerId"));
            case UNMERGED -> unmerge(tx, id(data, "mergeId"));
            case CALLED -> call(tx, data);
            default -> consents.erase(tx, id(data, "customerId")).chain(() -> signs.forget(tx, id(data, "customerId")));
        };
    }

    /**
     * r13: said to whoever called is said to us, and is as binding as any other way. r20: who answered has their number still; where
     * somebody else did, whose number it is now nobody knows.
     */
    private Uni<Void> call(SqlConnection tx, JsonNode data) {
        return switch (data.required("result").asText()) {
            case "DO_NOT_CALL" -> stop(tx, data, Channel.CALL, StopReason.SUBJECT_DEMAND);
            case "WRONG_NUMBER" ->
                stop(tx, data, Channel.CALL, StopReason.NUMBER_REISSUED)
                        .chain(() -> stop(tx, data, Channel.SMS, StopReason.NUMBER_REISSUED));
            case "ACCEPTED", "REFUSED", "CALL_BACK" ->
                signs.note(
                        tx,
                        List.of(new Sign(
                                id(data, "customerId"),
                                Instant.parse(data.required("at").asText()))));
            default -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> stop(SqlConnection tx, JsonNode data, Channel channel, StopReason reason) {
        Stop stop = new Stop(
                id(data, "customerId"),
                null,
                channel,
                reason,
                "call-list",
                id(data, "entryId").toString());
        return stops.add(tx, stop, "customer-service").replaceWithVoid();
    }

    private Uni<Void> merge(SqlConnection tx, UUID mergeId, UUID into, UUID merged) {
        return consents.merge(tx, mergeId, into, merged)
                .map(sequence ->
                        new Merge(mergeId, into, merged, clock.instant().truncatedTo(ChronoUnit.MICROS), sequence))
                .call(merge -> stops.carryOver(tx, merge))
                .call(merge -> signs.carryOver(tx, merged, into))
                .call(merge -> customers.add(tx, merge))
                .chain(merge -> blocks.carryOver(tx, merge));
    }

    private Uni<Void> unmerge(SqlConnection tx, UUID mergeId) {
        return customers
                .remove(tx, mergeId)
                .chain(found -> found.map(merge -> consents.unmerge(tx, merge)
                                .chain(() -> stops.takeBack(tx, merge))
                                .chain(() -> blocks.takeBack(tx, merge)))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private static UUID id(JsonNode data, String field) {
        return UUID.fromString(data.required(field).asText());
    }
}
