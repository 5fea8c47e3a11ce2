package io.snowball.platform.feed;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/**
 * What a service does with a sibling's feed. Each bean of this type gets a consumer of its own, started with the application.
 *
 * <p>{@code apply} runs in the transaction that moves the cursor: its effect and the progress are one. It must use that
 * connection only, and no other service. A failure rolls the batch back, and it comes again; it is never skipped.
 */
public interface FeedHandler {
    /** The sibling, as in {@code snowball.peers.<sibling>}. */
    String source();

    /** The cursor's name; another than the source where a service reads one feed twice. */
    default String name() {
        return source();
    }

    /** How many events are applied in one transaction, at most; fewer where one event tells of many things. */
    default int page() {
        return 1000;
    }

    /** @param batch in order; types that this service does not know are in it too and are to be passed over */
    Uni<Void> apply(SqlConnection tx, List<FeedEvent> batch);
}
