package io.snowball.customer.exports;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.CustomerConfig;
import io.snowball.customer.exports.ExportWorkSql.Claim;
import io.snowball.customer.exports.ExportWorkSql.Member;
import io.snowball.customer.exports.ExportWorkSql.SupersededException;
import io.snowball.customer.exports.ExportWorkSql.Written;
import io.snowball.customer.profile.CustomerSheet;
import io.snowball.customer.sibling.SegmentMembers;
import io.snowball.customer.sibling.SegmentMembers.UnknownSegment;
import io.snowball.customer.sibling.SiblingException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collects the members of exports and writes the files, one at a time, on a thread of its own that may wait. */
@ApplicationScoped
class ExportWorker {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int MAX_TRIES = 3;
    private static final int MEMBERS_PAGE = 10_000;
    private static final int SWEEP_BITE = 10_000;

    private final ExportWorkSql work;
    private final ExportSql sql;
    private final Exports exports;
    private final ExportAccesses accesses;
    private final CustomerSheet sheet;
    private final SegmentMembers segments;
    private final Pool pool;
    private final CustomerConfig.Exports config;
    private final Clock clock;

    ExportWorker(
            ExportWorkSql work,
            ExportSql sql,
            Exports exports,
            ExportAccesses accesses,
            CustomerSheet sheet,
            SegmentMembers segments,
            Pool pool,
            CustomerConfig config,
            Clock clock) {
        this.work = work;
        this.sql = sql;
        this.exports = exports;
        this.accesses = accesses;
        this.sheet = sheet;
        this.segments = segments;
        this.pool = pool;
        this.config = config.exports();
        this.clock = clock;
    }

    @Scheduled(every = "{customer.exports.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void run() {
        while (runOne()) {
            Log.debug("An export was worked on");
        }
        deleteOutdated();
    }

    private boolean runOne() {
        Optional<Export> claimed = await(work.claim(now(), config.lease()));
        claimed.ifPresent(this::run);
        return claimed.isPresent();
    }

    private void run(Export export) {
        try {
            goOn(export);
        } catch (SupersededException _) {
            Log.infof("Export %s was stopped or begun anew meanwhile", export.id());
        } catch (SiblingException away) {
            Log.warnf("Export %s waits: %s", export.id(), away.getMessage());
            await(work.postpone(export, now().plus(PAUSE), true));
        } catch (RuntimeException | IOException broken) {
            Log.errorf(broken, "Export %s broke off", export.id());
            await(work.postpone(export, now().plus(PAUSE), false));
        }
    }

    private void goOn(Export export) throws IOException {
        if (export.tries() > MAX_TRIES) {
            fail(export, "It broke off several times: ask for it again");
        } else if (export.state() == ExportState.WRITING) {
            write(export);
        } else {
            try {
                collect(export);
            } catch (UnknownSegment _) {
                fail(export, "There is no such segment");
            }
        }
    }

    /** Page by page, each with its cursor: who goes on after a crash begins where the last page ended. */
    private void collect(Export export) {
        UUID segment = export.segmentId();
        if (segment == null) {
            throw new IllegalStateException("An export of customers named has nothing to collect");
        }
        UUID after = export.collectedAfter();
        while (true) {
            SegmentMembers.Page page = await(segments.after(segment, after, MEMBERS_PAGE));
            int customers = await(pool.withTransaction(tx -> collected(tx, export, page)));
            if (customers > config.maxCustomers()) {
                fail(export, "It has more than " + config.maxCustomers() + " customers: export parts of the segment");
                return;
            }
            if (page.nextAfter() == null) {
                return;
            }
            after = page.nextAfter();
        }
    }

    private Uni<Integer> collected(SqlConnection tx, Export export, SegmentMembers.Page page) {
        return work.renew(tx, claim(export))
                .chain(() -> sql.add(tx, export.id(), page.customerIds()))
                .chain(added -> work.collected(tx, export.id(), added, page.nextAfter()))
                .call(customers -> page.nextAfter() == null && customers <= config.maxCustomers()
                        ? exports.settle(tx, export, 0)
                        : Uni.createFrom().voidItem());
    }

    private void write(Export export) throws IOException {
        await(work.dropOldPieces(export));
        PieceOutput out = new PieceOutput((n, piece) -> await(work.storePiece(claim(export), n, piece)));
        int rows = writeRows(export, out);
        Instant at = now();
        Written written = new Written(rows, out.pieces(), out.bytes(), at, at.plus(config.keep()));
        await(pool.withTransaction(tx -> work.renew(tx, claim(export))
                .chain(() -> work.finish(tx, export.id(), written))
                .chain(() -> accesses.note(tx, export, ExportAccesses.SERVICE, ExportAction.WRITTEN, rows))));
    }

    private int writeRows(Export export, PieceOutput out) throws IOException {
        Export.Shape shape = export.shape();
        int rows = 0;
        try (SheetOutput table = SheetOutput.of(shape, out)) {
            table.row(shape.columns());
            List<Member> page = members(export, null);
            while (!page.isEmpty()) {
                List<UUID> ids =
                        page.stream().filter(Member::first).map(Member::id).toList();
                for (List<String> row : await(sheet.rows(pool, ids, shape.columns(), shape.masked()))) {
                    table.row(row);
                    rows++;
                }
                page = members(export, page.getLast().place());
            }
        }
        return rows;
    }

    private List<Member> members(Export export, @Nullable UUID after) {
        return await(work.members(export.id(), after, config.page()));
    }

    private void fail(Export export, String why) {
        await(pool.withTransaction(tx -> work.renew(tx, claim(export))
                .chain(() -> sql.end(tx, export.id(), ExportState.FAILED, why))
                .chain(() ->
                        accesses.note(tx, export, ExportAccesses.SERVICE, ExportAction.FAILED, export.customers()))));
    }

    /** What was kept long enough, what nobody approved, and who was in either. */
    void deleteOutdated() {
        await(pool.withTransaction(tx -> work.outdated(tx, now(), now().minus(config.keep()))
                .chain(found -> Multi.createFrom()
                        .iterable(found)
                        .onItem()
                        .transformToUniAndConcatenate(export -> end(tx, export))
                        .collect()
                        .last())));
        int swept = SWEEP_BITE;
        while (swept == SWEEP_BITE) {
            swept = await(work.sweep(pool, SWEEP_BITE));
        }
    }

    private Uni<Void> end(SqlConnection tx, Export export) {
        boolean file = export.state() == ExportState.READY;
        return sql.end(
                        tx,
                        export.id(),
                        file ? ExportState.DELETED : ExportState.REJECTED,
                        file ? "It was kept as long as files are kept" : "Nobody approved it in time")
                .chain(() -> accesses.note(
                        tx,
                        export,
                        ExportAccesses.SERVICE,
                        file ? ExportAction.DELETED : ExportAction.REJECTED,
                        export.customers()));
    }

    private Claim claim(Export export) {
        return new Claim(export.id(), export.attempt(), now().plus(config.lease()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static <T> T await(Uni<T> step) {
        return step.await().atMost(PATIENCE);
    }
}
