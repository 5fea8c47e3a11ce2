package io.snowball.platform.feed;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Follows the test application's own feed and writes down what it applied; twice the same would break its primary key. */
@ApplicationScoped
class RecordingHandler implements FeedHandler {
    private final AtomicInteger failures = new AtomicInteger();

    void failNext(int times) {
        failures.set(times);
    }

    int failuresLeft() {
        return failures.get();
    }

    @Override
    public String source() {
        return "self";
    }

    @Override
    public Uni<Void> apply(SqlConnection tx, List<FeedEvent> batch) {
        List<FeedEvent> mine =
                batch.stream().filter(e -> e.type().equals("test.applied")).toList();
        return tx.preparedQuery("insert into applied select * from unnest($1::uuid[])")
                .execute(Params.of((Object) Params.uuids(mine, FeedEvent::subject)))
                .invoke(() -> {
                    if (!mine.isEmpty() && failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                        throw new IllegalStateException("the handler fails after it wrote");
                    }
                })
                .replaceWithVoid();
    }
}
