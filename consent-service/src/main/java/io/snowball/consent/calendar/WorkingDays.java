package io.snowball.consent.calendar;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/** Counting in days as the Civil Code does (articles 191 to 194). */
final class WorkingDays {
    private final Map<Integer, Set<LocalDate>> daysOff;

    /** @param daysOff by year */
    WorkingDays(Map<Integer, Set<LocalDate>> daysOff) {
        this.daysOff = daysOff;
    }

    /** The last day on which something may still be done that the event makes due. */
    LocalDate due(LocalDate event, Term term) {
        return switch (term.unit()) {
            case HOURS -> event.plusDays(Math.ceilDiv(term.amount(), 24));
            case WORKING_DAYS -> plusWorking(event, term.amount());
            case CALENDAR_DAYS -> onOrAfter(event.plusDays(term.amount()));
            case MONTHS -> onOrAfter(event.plusMonths(term.amount()));
            // Only how long something is kept is counted in years: nobody has to do anything on the day.
            case YEARS -> event.plusYears(term.amount());
        };
    }

    boolean isWorking(LocalDate day) {
        Set<LocalDate> off = daysOff.get(day.getYear());
        if (off == null) {
            throw CalendarProblem.YEAR_MISSING.with("A term reaches into " + day.getYear()
                    + ", whose production calendar is not known: publish it by POST /api/v1/calendar-years");
        }
        return !off.contains(day);
    }

    private LocalDate plusWorking(LocalDate event, int days) {
        LocalDate day = event;
        for (int left = days; left > 0; ) {
            day = day.plusDays(1);
            if (isWorking(day)) {
                left--;
            }
        }
        return day;
    }

    private LocalDate onOrAfter(LocalDate day) {
        LocalDate working = day;
        while (!isWorking(working)) {
            working = working.plusDays(1);
        }
        return working;
    }
}
