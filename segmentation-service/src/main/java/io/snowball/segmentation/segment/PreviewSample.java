package io.snowball.segmentation.segment;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.Wilson;
import io.snowball.segmentation.segment.SegmentApi.SegmentPreview;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some customers of a large base, drawn at random and kept for a while, so that a count does not flicker while somebody types. Exact
 * answers to windows over ten million orders and fifty million events take seconds; of this sample they take milliseconds.
 */
@ApplicationScoped
class PreviewSample {
    /** A base of this size is looked at as a whole. */
    private static final long WHOLE_MAX = 50_000;

    private static final long SAMPLE = 10_000;
    private static final Duration KEPT = Duration.ofMinutes(10);

    /* language=PostgreSQL */
    private static final String COUNT = "select count(*) as n from customer_metric";

    // By customer, not by page: who was changed at the same time lies side by side.
    /* language=PostgreSQL */
    private static final String DRAW =
            "select customer_id from customer_metric tablesample bernoulli (least(100, $1::float8 * 100 / $2::float8)::real)";

    private final Clock clock;
    private volatile @Nullable Kept kept;

    PreviewSample(Clock clock) {
        this.clock = clock;
    }

    private record Kept(Optional<Sample> sample, Instant until) {}

    record Sample(List<UUID> customers, long base) {
        private static final int SOME = 1000;

        /** Enough of them to find examples among. */
        UUID[] some() {
            return customers.stream().limit(SOME).toArray(UUID[]::new);
        }

        SegmentPreview preview(long matching, List<UUID> some) {
            double share = (double) matching / customers.size();
            Wilson.Interval interval = Wilson.of(share, customers.size());
            return new SegmentPreview(
                    Math.round(share * base),
                    some,
                    null,
                    false,
                    Math.round(interval.from() * base),
                    Math.round(interval.to() * base));
        }
    }

    /** @return empty where the base is small enough to be looked at as a whole */
    Uni<Optional<Sample>> current(SqlClient client) {
        Kept known = kept;
        if (known != null && clock.instant().isBefore(known.until())) {
            return Uni.createFrom().item(known.sample());
        }
        return client.preparedQuery(COUNT)
                .execute()
                .map(rows -> rows.iterator().next().getLong("n"))
                .chain(base -> base <= WHOLE_MAX ? Uni.createFrom().item(Optional.<Sample>empty()) : draw(client, base))
                .invoke(sample -> kept = new Kept(sample, clock.instant().plus(KEPT)));
    }

    private static Uni<Optional<Sample>> draw(SqlClient client, long base) {
        return client.preparedQuery(DRAW)
                .execute(Params.of((double) SAMPLE, (double) base))
                .map(rows -> Optional.of(new Sample(Rows.list(rows, row -> row.getUUID("customer_id")), base))
                        .filter(sample -> !sample.customers().isEmpty()));
    }
}
