package io.snowball.consent.destruction;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.block.Blocks;
import io.snowball.consent.calendar.Deadlines;
import io.snowball.consent.calendar.TermCode;
import io.snowball.consent.destruction.DestructionApi.DestructionView;
import io.snowball.consent.destruction.DestructionSql.Noted;
import io.snowball.consent.operator.Operators;
import io.snowball.consent.paper.Printed;
import io.snowball.consent.paper.Printer;
import io.snowball.consent.recipient.RecipientNotices;
import io.snowball.consent.recipient.RecipientNotices.Cause;
import io.snowball.consent.recipient.What;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** The last step: act and log into the archive, and the name nowhere else, in one transaction. */
@ApplicationScoped
class Proof {
    private final Pool pool;
    private final DestructionSql sql;
    private final Blocks blocks;
    private final Operators operators;
    private final Deadlines deadlines;
    private final Printer printer;
    private final RecipientNotices recipients;

    Proof(
            Pool pool,
            DestructionSql sql,
            Blocks blocks,
            Operators operators,
            Deadlines deadlines,
            Printer printer,
            RecipientNotices recipients) {
        this.pool = pool;
        this.sql = sql;
        this.blocks = blocks;
        this.operators = operators;
        this.deadlines = deadlines;
        this.printer = printer;
        this.recipients = recipients;
    }

    /** @param findings nothing is left anywhere */
    Uni<Void> write(DestructionView destruction, Noted noted, Findings findings) {
        Instant destroyedAt = findings.at();
        return operators
                .at(pool, destroyedAt)
                .map(operator -> new Act(destruction, noted, findings, operator, deadlines.zone()))
                .chain(act -> printer.print(act.paper(), destroyedAt)
                        .chain(printed -> archive(destruction, printed, act, destroyedAt)));
    }

    private Uni<Void> archive(DestructionView destruction, Printed printed, Act act, Instant destroyedAt) {
        return pool.withTransaction(tx -> deadlines
                .keptUntil(tx, TermCode.DESTRUCTION_PROOF_KEPT, deadlines.dayOf(destroyedAt))
                .chain(until -> sql.archive(
                        tx,
                        destruction,
                        destroyedAt,
                        printed,
                        DestructionSql.Log.of(act.log()),
                        DestructionSql.Log.of(act.xml()),
                        until))
                .chain(() -> recipients.tell(
                        tx,
                        new Cause(
                                RecipientNotices.CauseKind.DESTRUCTION,
                                destruction.id(),
                                destruction.customerId(),
                                What.ERASURE),
                        destroyedAt))
                .chain(() -> sql.finish(tx, destruction.id(), destroyedAt))
                .chain(() -> blocks.release(tx, destruction.customerId())));
    }
}
