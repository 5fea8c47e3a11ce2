package io.snowball.customer.imports;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.CustomerConfig;
import io.snowball.customer.file.FileRefusedException;
import io.snowball.customer.file.RecordReader;
import io.snowball.customer.file.SourceRecord;
import io.snowball.customer.imports.ImportApi.ImportView;
import io.snowball.customer.order.Orders;
import io.snowball.customer.profile.Customers;
import io.snowball.customer.profile.FileAttributes;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Reads the content of an import and has it written. Blocks the thread it runs on, which is its own. */
@ApplicationScoped
class ContentImport {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int RETRY_AFTER_SECONDS = 30;

    private final ImportSql sql;
    private final Imports imports;
    private final Orders orders;
    private final Customers customers;
    private final Pool pool;
    private final CustomerConfig.Imports config;
    private final Clock clock;
    private final Semaphore room;

    ContentImport(
            ImportSql sql,
            Imports imports,
            Orders orders,
            Customers customers,
            Pool pool,
            CustomerConfig config,
            Clock clock) {
        this.sql = sql;
        this.imports = imports;
        this.orders = orders;
        this.customers = customers;
        this.pool = pool;
        this.config = config.imports();
        this.clock = clock;
        this.room = new Semaphore(this.config.atOnce());
    }

    ImportView announced(UUID id) {
        return await(imports.get(id));
    }

    /** @return the import as it is afterwards */
    ImportView run(ImportView announced, String mediaType, InputStream content) {
        announced.format().require(mediaType);
        // Each holds a connection of the pool for its lock while its chunks wait for others: too many would wait for
        // each other.
        if (!room.tryAcquire()) {
            throw new ProblemException(
                    CommonProblem.TOO_MANY_REQUESTS,
                    "As many imports run as may at a time: send the content when one of them has finished",
                    List.of(),
                    RETRY_AFTER_SECONDS);
        }
        try {
            runAlone(announced, content);
        } finally {
            room.release();
        }
        return await(imports.get(announced.id()));
    }

    private void runAlone(ImportView announced, InputStream content) {
        SqlConnection session = await(pool.getConnection());
        try {
            if (!await(sql.lock(session, announced.id()))) {
                throw ImportProblem.IMPORT_RUNNING.with("Wait until it has finished, then send the content again");
            }
            try {
                runLocked(announced, content);
            } finally {
                await(sql.unlock(session, announced.id()));
            }
        } finally {
            await(session.close());
        }
    }

    private void runLocked(ImportView announced, InputStream content) {
        Instant begun = clock.instant();
        await(sql.begin(pool, announced.id(), begun));
        ChunkWorker worker = new ChunkWorker(config.chunksInFlight(), config.chunkSize(), config.chunkTime());
        FileAttributes attributes = await(FileAttributes.declared(pool));
        try (FileContent opened = new FileContent(announced, attributes, content, config)) {
            read(announced, opened.records(), builder(announced, attributes, begun), worker);
            finish(announced, ImportState.COMPLETED, null);
        } catch (FileRefusedException refused) {
            settle(worker);
            String why = String.valueOf(refused.getMessage());
            finish(announced, ImportState.FAILED, why);
            throw ImportProblem.FILE_REFUSED.with(why);
        } catch (IOException broken) {
            Log.infof("Import %s was interrupted", announced.id());
            settle(worker);
            finish(announced, ImportState.INTERRUPTED, null);
            throw ImportProblem.UPLOAD_INTERRUPTED.with("Send the whole content again: what is stored does no harm");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The import was stopped", stopped);
        } catch (IllegalStateException failed) {
            settle(worker);
            finish(announced, ImportState.FAILED, "It could not be stored: send the whole content again");
            throw failed;
        }
    }

    private void read(ImportView announced, RecordReader reader, ChunkBuilder builder, ChunkWorker worker)
            throws IOException, FileRefusedException, InterruptedException {
        AtomicInteger room = new AtomicInteger(config.maxErrors());
        SourceRecord record = reader.next();
        while (record != null) {
            builder.add(record);
            if (builder.size() >= worker.chunkSize()) {
                worker.submit(write(announced, builder.take(), room));
            }
            record = reader.next();
        }
        builder.finish();
        worker.submit(write(announced, builder.take(), room));
        worker.drain();
    }

    private Uni<Void> write(ImportView announced, Chunk chunk, AtomicInteger room) {
        return chunk.write().chain(tally -> {
            int before =
                    room.getAndUpdate(left -> Math.max(0, left - tally.errors().size()));
            List<LineError> kept =
                    tally.errors().subList(0, Math.min(before, tally.errors().size()));
            return sql.progress(pool, announced.id(), chunk.lastLine(), tally, kept);
        });
    }

    private ChunkBuilder builder(ImportView announced, FileAttributes attributes, Instant begun) {
        return switch (announced.kind()) {
            case ORDERS -> new OrderChunks(orders, announced, begun);
            case CUSTOMERS -> new CustomerChunks(customers, attributes, announced, begun);
        };
    }

    /** What is being written is written to its end before the lock goes. */
    private static void settle(ChunkWorker worker) {
        try {
            worker.drain();
        } catch (IllegalStateException _) {
            // Whoever settles has a failure of its own to report, and says in either case to send the file again.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void finish(ImportView announced, ImportState state, @Nullable String failure) {
        await(sql.finish(pool, announced.id(), state, failure, clock.instant()));
    }

    private static <T> T await(Uni<T> step) {
        return step.await().atMost(PATIENCE);
    }
}
