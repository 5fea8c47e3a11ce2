package io.snowball.consent.destruction;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.block.Blocks;
import io.snowball.consent.calendar.Deadlines;
import io.snowball.consent.calendar.TermCode;
import io.snowball.consent.consent.IdentifierHash;
import io.snowball.consent.destruction.DestructionApi.DestructionView;
import io.snowball.consent.operator.Operators;
import io.snowball.consent.paper.Printed;
import io.snowball.consent.paper.Printer;
import io.snowball.consent.recipient.RecipientNotices;
import io.snowball.consent.recipient.RecipientNotices.Cause;
import io.snowball.consent.recipient.What;
import io.snowball.consent.sibling.PersonalData;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One step of one destruction: each may be repeated, and each is written down before the next. */
@ApplicationScoped
class DestructionSteps {
    private static final String BY = "destruction";

    private final Pool pool;
    private final DestructionSql sql;
    private final PersonalData personalData;
    private final IdentifierHash hashes;
    private final Blocks blocks;
    private final Operators operators;
    private final Deadlines deadlines;
    private final Printer printer;
    private final RecipientNotices recipients;
    private final Clock clock;

    DestructionSteps(
            Pool pool,
            DestructionSql sql,
            PersonalData personalData,
            IdentifierHash hashes,
            Blocks blocks,
            Operators operators,
            Deadlines deadlines,
            Printer printer,
            RecipientNotices recipients,
            Clock clock) {
        this.recipients = recipients;
        this.pool = pool;
        this.sql = sql;
        this.personalData = personalData;
        this.hashes = hashes;
        this.blocks = blocks;
        this.operators = operators;
        this.deadlines = deadlines;
        this.printer = printer;
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
                    List<String> kept = subject.identifiers().stream()
                            .map(hashes::of)
                            .distinct()
                            .toList();
                    return pool.withTransaction(tx -> sql.begin(tx, destruction.id(), subject.name())
                            .chain(() -> sql.keepHashes(tx, kept, now))
                            .chain(() -> blocks.block(tx, customerId, destruction.id(), BY)));
                });
    }

    /** customer-service tells everybody else by {@code customer.erased}. */
    private Uni<Void> destroy(DestructionView destruction) {
        return personalData
                .destroy(destruction.customerId())
                .chain(() -> pool.withTransaction(tx -> sql.forgetRequests(tx, destruction.customerId())
                        .chain(() -> sql.verify(tx, destruction.id(), clock.instant()))));
    }

    /** The act says that it is gone, so it is asked for once more. */
    private Uni<Void> verify(DestructionView destruction) {
        return personalData.find(destruction.customerId()).chain(data -> {
            if (data.isPresent()) {
                return personalData
                        .destroy(destruction.customerId())
                        .chain(() -> Uni.createFrom()
                                .failure(new IllegalStateException("customer-service still has data of the person")));
            }
            return sql.subject(pool, destruction.id()).chain(subject -> prove(destruction, subject));
        });
    }

    private Uni<Void> prove(DestructionView destruction, String subject) {
        Instant destroyedAt = destruction.destroyedAt() == null ? clock.instant() : destruction.destroyedAt();
        return operators
                .at(pool, destroyedAt)
                .map(operator -> new Act(destruction, subject, operator, destroyedAt, deadlines.zone()))
                .chain(act -> printer.print(act.paper(), destroyedAt)
                        .chain(printed -> archive(destruction, printed, act, destroyedAt)));
    }

    private Uni<Void> archive(DestructionView destruction, Printed printed, Act act, Instant destroyedAt) {
        return pool.withTransaction(tx -> deadlines
                .keptUntil(tx, TermCode.DESTRUCTION_PROOF_KEPT, deadlines.dayOf(destroyedAt))
                .chain(until -> sql.archive(
                        tx, destruction, printed, DestructionSql.Log.of(act.log()), DestructionSql.Log.of(act.xml()), until))
                .chain(() -> recipients.tell(
                        tx,
                        new Cause(
                                RecipientNotices.CauseKind.DESTRUCTION,
                                destruction.id(),
                                destruction.customerId(),
                                What.ERASURE),
                        destroyedAt))
                .chain(() -> sql.finish(tx, destruction.id()))
                .chain(() -> blocks.release(tx, destruction.customerId())));
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
