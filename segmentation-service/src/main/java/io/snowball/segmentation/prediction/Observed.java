package io.snowball.segmentation.prediction;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A buyer as the facts show them, up to the day of the analysis and up to the end of the calibration before it.
 *
 * @param meanRepeat of the purchases after the first, in kopecks; null where there is none
 * @param calibrationRepeats -1 where the first purchase came later
 */
record Observed(
        LocalDate firstOn,
        LocalDate lastOn,
        int repeats,
        @Nullable Double meanRepeat,
        @Nullable LocalDate calibrationLastOn,
        int calibrationRepeats) {

    PurchaseHistory history(LocalDate asOf) {
        return new PurchaseHistory(repeats, weeks(firstOn, lastOn), weeks(firstOn, asOf));
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
