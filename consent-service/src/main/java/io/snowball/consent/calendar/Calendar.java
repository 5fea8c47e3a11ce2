package io.snowball.consent.calendar;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.calendar.CalendarApi.CalendarYearList;
import io.snowball.consent.calendar.CalendarApi.CalendarYearView;
import io.snowball.consent.calendar.CalendarApi.DeadlineView;
import io.snowball.consent.calendar.CalendarApi.LegalTermList;
import io.snowball.consent.calendar.CalendarApi.PublishCalendarYear;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Keeping the calendar, and looking at what it says. */
@ApplicationScoped
class Calendar {
    private final Pool pool;
    private final CalendarSql sql;
    private final Deadlines deadlines;
    private final Idempotency idempotency;
    private final Clock clock;

    Calendar(Pool pool, CalendarSql sql, Deadlines deadlines, Idempotency idempotency, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.deadlines = deadlines;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    Uni<CalendarYearList> years() {
        return sql.years(pool).map(CalendarYearList::new);
    }

    Uni<CalendarYearView> year(int year) {
        return sql.year(pool, year)
                .map(found -> found.orElseThrow(
                        () -> CalendarProblem.YEAR_NOT_FOUND.with("List the years to see which are known")));
    }

    Uni<RestResponse<CalendarYearView>> publish(@Nullable UUID key, PublishCalendarYear request, String by) {
        if (!request.isOfTheYear()) {
            throw CalendarProblem.NO_DAYS_OF_THE_YEAR.with("Name each day off of the year once");
        }
        return idempotency.once(
                "publishCalendarYear",
                key,
                request,
                CalendarYearView.class,
                tx -> sql.publish(tx, view(request, 0), by)
                        .map(version ->
                                Reply.created("/api/v1/calendar-years/" + request.year(), view(request, version))));
    }

    Uni<LegalTermList> terms() {
        return sql.terms(pool).map(LegalTermList::new);
    }

    Uni<DeadlineView> deadline(TermCode code, LocalDate eventOn) {
        return deadlines
                .due(pool, code, eventOn)
                .map(deadline -> new DeadlineView(deadline.dueOn(), deadline.extendedTo(), deadline.article()));
    }

    private CalendarYearView view(PublishCalendarYear request, int version) {
        return new CalendarYearView(
                request.year(),
                version,
                request.decree(),
                request.source(),
                request.verified(),
                CalendarApi.workingDays(request.year(), request.daysOff()),
                request.daysOff(),
                clock.instant());
    }
}
