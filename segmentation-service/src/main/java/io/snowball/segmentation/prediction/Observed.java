package io.snowball.segmentation.prediction;

import io.snowball.segmentation.cluster.Buyer;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A buyer as the facts show them, up to the day of the analysis and up to the end of the calibration before it.
 *
 * @param meanRepeat of the purchases after the first, in kopecks; null where there is none
 * @param realised what all purchases brought, in kopecks
 * @param calibrationRepeats -1 where the first purchase came later
 */
record Observed(
        LocalDate firstOn,
        LocalDate lastOn,
        int repeats,
        @Nullable Double meanRepeat,
        long realised,
        @Nullable LocalDate calibrationLastOn,
        int calibrationRepeats) {

    PurchaseHistory history(LocalDate asOf) {
        return new PurchaseHistory(repeats, weeks(firstOn, lastOn), weeks(firstOn, asOf));
    }

    /** As clusters are made of: the orders of one day are one. */
    Buyer buyer(LocalDate asOf) {
        int purchases = repeats + 1;
        return new Buyer(
                ChronoUnit.DAYS.between(lastOn, asOf), purchases, realised, Math.round((double) realised / purchases));
    }

    boolean isInCalibration() {
        return calibrationLastOn != null;
    }

    PurchaseHistory calibration(LocalDate until) {
        LocalDate last = calibrationLastOn == null ? firstOn : calibrationLastOn;
        return new PurchaseHistory(calibrationRepeats, weeks(firstOn, last), weeks(firstOn, until));
    }

    int heldOut() {
        return repeats - calibrationRepeats;
    }

    static double weeks(LocalDate from, LocalDate to) {
        return ChronoUnit.DAYS.between(from, to) / 7.0;
    }
}
