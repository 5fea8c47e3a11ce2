package io.snowball.segmentation.report;

import io.snowball.platform.problem.ProblemException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Days from one to another, both inclusive, UTC. */
public record Period(LocalDate from, LocalDate to) {
    private static final int DAYS_MAX = 3_660;
    private static final BigDecimal DAYS_A_MONTH = new BigDecimal("30.436875");

    /** @throws ProblemException where nothing lies between, or too much */
    public static Period of(@Nullable LocalDate from, @Nullable LocalDate to) {
        if (from == null || to == null) {
            throw ProblemException.invalidField(
                    from == null ? "from" : "to", "required", "Send from and to, days such as 2026-01-31");
        }
        if (to.isBefore(from)
                || ChronoUnit.DAYS.between(from, to) >= DAYS_MAX
                || from.getYear() < 1900
                || to.getYear() > 2200) {
            throw ProblemException.invalidField(
                    "to", "out-of-range", "must not be before from, nor more than ten years after it");
        }
        return new Period(from, to);
    }

    public OffsetDateTime start() {
        return from.atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    /** The first moment that is too late. */
    public OffsetDateTime end() {
        return to.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    /** @throws ProblemException where nothing in the period could be watched for so many days by its end */
    public Period watching(int windowDays) {
        if (days() <= windowDays) {
            throw ProblemException.invalidField(
                    "windowDays",
                    "too-long",
                    "must be less than the days of the period: only what can be watched for so long by its end is counted");
        }
        return this;
    }

    /** Whole months where there are any, else days by the mean length of a month. */
    BigDecimal months() {
        return isWholeMonths()
                ? BigDecimal.valueOf(ChronoUnit.MONTHS.between(from, to.plusDays(1)))
                : BigDecimal.valueOf(days()).divide(DAYS_A_MONTH, MathContext.DECIMAL64);
    }

    public @Nullable Period comparedWith(Comparison comparison) {
        return switch (comparison) {
            case NONE -> null;
            case YEAR_AGO ->
                new Period(from.minusYears(1), to.plusDays(1).minusYears(1).minusDays(1));
            case PREVIOUS ->
                new Period(
                        isWholeMonths()
                                ? from.minusMonths(ChronoUnit.MONTHS.between(from, to.plusDays(1)))
                                : from.minusDays(days()),
                        from.minusDays(1));
        };
    }

    private long days() {
        return ChronoUnit.DAYS.between(from, to) + 1;
    }

    private boolean isWholeMonths() {
        LocalDate end = to.plusDays(1);
        return from.plusMonths(ChronoUnit.MONTHS.between(from, end)).equals(end);
    }
}
