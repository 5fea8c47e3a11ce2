package io.snowball.consent.block;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.sibling.PersonalData;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Tells customer-service who is blocked, until it has heard: it keeps them out of lists, searches and addresses. */
@ApplicationScoped
class BlockWorker {
    private static final int BATCH = 50;

    /* language=PostgreSQL */
    private static final String NOTES =
            "select customer_id, blocked, noted_at from processing_block_note order by noted_at limit $1";

    // Not where another change has come in the meantime: that one is told next.
    /* language=PostgreSQL */
    private static final String TOLD = "delete from processing_block_note where customer_id = $1 and noted_at = $2";

    private final Pool pool;
    private final PersonalData personalData;

    BlockWorker(Pool pool, PersonalData personalData) {
        this.pool = pool;
        this.personalData = personalData;
    }

    private record Note(UUID customerId, boolean blocked, OffsetDateTime at) {}

    /** Two replicas may tell the same: telling again does no harm. */
    @Scheduled(every = "${blocks.every:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tell() {
        return pool.preparedQuery(NOTES)
                .execute(Params.of(BATCH))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Note(
                                row.getUUID("customer_id"),
                                row.getBoolean("blocked"),
                                row.getOffsetDateTime("noted_at"))))
                .chain(notes -> Multi.createFrom()
                        .iterable(notes)
                        .onItem()
                        .transformToUniAndConcatenate(this::tell)
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    private Uni<Void> tell(Note note) {
        return personalData
                .block(note.customerId(), note.blocked())
                .chain(() -> pool.preparedQuery(TOLD).execute(Params.of(note.customerId(), note.at())))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    Log.warnf("customer-service was not told of a block and is told again: %s", failure.getMessage());
                    return Uni.createFrom().voidItem();
                });
    }
}
