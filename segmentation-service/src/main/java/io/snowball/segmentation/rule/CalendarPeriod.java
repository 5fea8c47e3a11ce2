package io.snowball.segmentation.rule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

@Schema(name = "CalendarPeriod")
public enum CalendarPeriod {
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR;

    /** The first day of the period so many before the one that the day is in; -1 is the next. */
    LocalDate start(LocalDate day, int ago) {
        return switch (this) {
            case DAY -> day.minusDays(ago);
            case WEEK ->
                day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(ago);
            case MONTH -> day.withDayOfMonth(1).minusMonths(ago);
            case QUARTER -> day.with(IsoFields.DAY_OF_QUARTER, 1).minusMonths(3L * ago);
            case YEAR -> day.withDayOfYear(1).minusYears(ago);
        };
    }
}
