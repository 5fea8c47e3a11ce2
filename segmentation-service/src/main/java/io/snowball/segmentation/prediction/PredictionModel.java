package io.snowball.segmentation.prediction;

import io.snowball.segmentation.prediction.PredictionApi.State;
import io.snowball.segmentation.prediction.PredictionApi.Wanted;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fit as it is asked for, and how far it is.
 *
 * @param baseValue of all that it scored, as JSON; null before it is READY
 */
record PredictionModel(
        UUID id,
        Spec spec,
        State state,
        Progress progress,
        @Nullable String baseValue,
        Instant createdAt) {

    /** What the caller decides. */
    record Spec(Wanted wanted, LocalDate asOf, int horizonWeeks, double annualDiscountRate, double marginShare) {
        /** The first moment that is too late. */
        Instant end() {
            return asOf.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    /** @param report as JSON */
    record Progress(
            long scored,
            long total,
            @Nullable String report,
            @Nullable Instant finishedAt) {}
}
