package io.snowball.consent.destruction;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.block.Blocks;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.decision.ContactStops;
import io.snowball.consent.decision.ContactStops.Stop;
import io.snowball.consent.decision.StopReason;
import io.snowball.consent.destruction.DestructionApi.DestructionView;
import io.snowball.consent.operator.Operators;
import io.snowball.consent.person.MergedCustomers;
import io.snowball.consent.sibling.PersonalData;
import io.snowball.platform.feed.Outbox;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** One step of one destruction: each may be repeated, and each is written down before the next. */
@ApplicationScoped
class DestructionSteps {
    private static final String BY = "destruction";

    /** Who has not heard of it after so long is told again: its cursor may come from a backup that knew of it already. */
    private static final Duration FEED_PATIENCE = Duration.ofHours(1);

    private final Pool pool;
    private final DestructionSql sql;
    private final PersonalData personalData;
    private final OwnData own;
    private final Verification verification;
    private final Proof proof;
    private final ContactStops stops;
    private final MergedCustomers merged;
    private final Outbox outbox;
    private final Blocks blocks;
    private final Operators operators;
    private final Clock clock;

    DestructionSteps(
            Pool pool,
            DestructionSql sql,
            PersonalData personalData,
            OwnData own,
            Verification verification,
            Proof proof,
            ContactStops stops,
            MergedCustomers merged,
            Outbox outbox,
            Blocks blocks,
            Operators operators,
            Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.personalData = personalData;
        this.own = own;
        this.verification = verification;
        this.proof = proof;
        this.stops = stops;
        this.merged = merged;
        this.outbox = outbox;
        this.blocks = blocks;
        this.operators = operators;
        this.clock = clock;
    }

    /** As far as it goes; where a step fails it stays, and is tried again later. */
    Uni<Void> run(UUID id) {
        return sql.find(pool, id)
                .chain(found -> from(found.orElseThrow()))
                .onFailure()
                .recoverWithUni(failure -> put(id, failure));
    }

    private Uni<Void> from(DestructionView destruction) {
        return switch (destruction.state()) {
            case PLANNED -> begin(destruction).chain(() -> run(destruction.id()));
            case DESTROYING -> destroy(destruction).chain(() -> run(destruction.id()));
            case VERIFYING -> verify(destruction);
            case PROPOSED, DONE, REJECTED -> Uni.createFrom().voidItem();
        };
    }

    /** Who it was is noted while it can be read; from here on nothing is sent. */
    private Uni<Void> begin(DestructionView destruction) {
        UUID customerId = destruction.customerId();
        Instant now = clock.instant();
        // Without the operator there is no act; better to know that before anything is gone.
        return operators
                .at(pool, now)
                .chain(() -> personalData.find(customerId))
                .chain(data -> {
                    Subject subject = Subject.of(customerId, data);
                    return pool.withTransaction(tx -> sql.begin(tx, destruction.id(), subject.name())
                            .chain(() -> stopAddresses(tx, destruction, subject))
                            .chain(() -> blocks.block(tx, customerId, destruction.id(), BY))
                            .chain(() -> order(tx, destruction, now)));
                });
    }

    /** What stays of an address is its keyed hash on the stop-list: whoever has it next must consent first (r28). */
    private Uni<Void> stopAddresses(SqlConnection tx, DestructionView destruction, Subject subject) {
        return Multi.createFrom()
                .iterable(subject.identifiers())
                .onItem()
                .transformToUniAndConcatenate(identifier -> stops.add(
                        tx,
                        new Stop(
                                null,
                                identifier,
                                Channel.ANY,
                                StopReason.DESTROYED,
                                BY,
                                destruction.id().toString()),
                        BY))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** To everybody who holds facts under any id that the person ever had. */
    private Uni<Void> order(SqlConnection tx, DestructionView destruction, Instant now) {
        return merged.allIds(tx, destruction.customerId()).chain(ids -> order(tx, destruction, ids, now));
    }

    private Uni<Void> order(SqlConnection tx, DestructionView destruction, List<UUID> ids, Instant now) {
        return outbox.append(
                tx,
                ids.stream()
                        .map(id -> new Outbox.Entry(
                                id, DestructionOrdered.EVENT, new DestructionOrdered(id, destruction.id(), now)))
                        .toList());
    }

    /** customer-service tells everybody else by {@code customer.erased}. */
    private Uni<Void> destroy(DestructionView destruction) {
        return personalData
                .destroy(destruction.customerId())
                .chain(destroyed -> pool.withTransaction(tx -> merged.allIds(tx, destruction.customerId())
                        .chain(known -> own.forget(tx, both(known, destroyed.ids())))
                        .chain(() -> sql.verify(tx, destruction.id(), destroyed, clock.instant()))));
    }

    /** The act says that it is gone, so everybody is asked once more, under every id that anybody knows the person by. */
    private Uni<Void> verify(DestructionView destruction) {
        return sql.noted(pool, destruction.id())
                .chain(noted -> merged.allIds(pool, destruction.customerId())
                        .map(known -> both(known, noted.erasedIds()))
                        .chain(ids -> verification
                                .ask(ids, since(destruction))
                                .chain(findings -> findings.areClear()
                                        ? proof.write(destruction, noted, findings)
                                        : goOn(destruction, ids, findings))));
    }

    /** Destroyed again where it is still there; the act waits. */
    private Uni<Void> goOn(DestructionView destruction, List<UUID> ids, Findings findings) {
        Instant now = clock.instant();
        boolean unheard = findings.areWaiting() && since(destruction).isBefore(now.minus(FEED_PATIENCE));
        return destroyAgain(findings.hasRowsAt(PersonalData.SERVICE) ? ids : List.of())
                .chain(() -> pool.withTransaction(tx -> (findings.hasRowsAt(OwnData.SERVICE)
                                ? own.forget(tx, ids)
                                : Uni.createFrom().voidItem())
                        .chain(() -> unheard || findings.areToBeToldAgain()
                                ? order(tx, destruction, ids, now)
                                : Uni.createFrom().voidItem())))
                .chain(() -> findings.areWaiting()
                        ? sql.postpone(pool, destruction.id(), findings.reason(), now)
                        : Uni.createFrom().failure(new IllegalStateException(findings.reason())));
    }

    /** Each by itself: once the person is gone, an old id leads to nobody. */
    private Uni<Void> destroyAgain(List<UUID> ids) {
        return Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUniAndConcatenate(personalData::destroy)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static List<UUID> both(List<UUID> ids, List<UUID> others) {
        return Stream.concat(ids.stream(), others.stream()).distinct().toList();
    }

    private Instant since(DestructionView destruction) {
        return destruction.destroyedAt() == null ? clock.instant() : destruction.destroyedAt();
    }

    private Uni<Void> put(UUID id, Throwable failure) {
        // Not the message of any failure: only of those that we wrote.
        String fault = failure instanceof ProblemException || failure instanceof IllegalStateException
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getSimpleName();
        Log.warnf("Destruction %s could not go on and is tried again: %s", id, fault);
        return sql.fail(pool, id, fault, clock.instant());
    }
}
