package io.snowball.consent.calendar;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.ConsentConfig;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** When what an event asks for is due. */
@ApplicationScoped
public class Deadlines {
    private final CalendarSql sql;
    private final ZoneId zone;

    Deadlines(CalendarSql sql, ConsentConfig config) {
        this.sql = sql;
        this.zone = config.operator().zone();
    }

    /**
     * @param dueOn the last day; it ends at midnight where the operator is
     * @param extendedTo the last day if the term is put off; null where the law does not allow that
     */
    public record Deadline(LocalDate dueOn, @Nullable LocalDate extendedTo, String article) {}

    /** @param eventOn the day of the event where the operator is */
    public Uni<Deadline> due(SqlClient client, TermCode code, LocalDate eventOn) {
        return term(client, code, eventOn)
                .chain(term -> sql.workingDays(client)
                        .map(calendar -> new Deadline(
                                calendar.due(eventOn, term),
                                term.extension() == 0 ? null : calendar.due(eventOn, term.extended()),
                                term.article())));
    }

    /** For terms in hours: they run on, whatever the calendar says. */
    public Uni<Instant> dueAt(SqlClient client, TermCode code, Instant event) {
        return term(client, code, dayOf(event)).map(term -> event.plus(Duration.ofHours(term.amount())));
    }

    /** The day after the last one on which something must be kept. */
    public Uni<LocalDate> keptUntil(SqlClient client, TermCode code, LocalDate eventOn) {
        return term(client, code, eventOn)
                .map(term -> eventOn.plusYears(term.amount()).plusDays(1));
    }

    /** What happened before this has been kept long enough: counted backwards by the term of today. */
    public Uni<Instant> keptSince(SqlClient client, TermCode code, Instant now) {
        LocalDate today = dayOf(now);
        return keptUntil(client, code, today)
                .map(until -> today.minusDays(ChronoUnit.DAYS.between(today, until))
                        .atStartOfDay(zone)
                        .toInstant());
    }

    /** The day that an instant falls on where the operator is. */
    public LocalDate dayOf(Instant at) {
        return at.atZone(zone).toLocalDate();
    }

    public ZoneId zone() {
        return zone;
    }

    private Uni<Term> term(SqlClient client, TermCode code, LocalDate eventOn) {
        return sql.term(client, code, eventOn)
                .map(found -> found.orElseThrow(() ->
                        CalendarProblem.TERM_NOT_FOUND.with("List the legal terms to see since when each holds")));
    }
}
