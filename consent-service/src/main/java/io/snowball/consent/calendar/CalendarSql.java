package io.snowball.consent.calendar;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.calendar.CalendarApi.CalendarYearView;
import io.snowball.consent.calendar.CalendarApi.LegalTermView;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

@ApplicationScoped
class CalendarSql {
    /* language=PostgreSQL */
    private static final String CURRENT = """
            select distinct on (year) year, version, decree, source, verified, days_off, published_at
            from calendar_year
            """;

    /* language=PostgreSQL */
    private static final String YEARS = CURRENT + "order by year, version desc limit 200";

    /* language=PostgreSQL */
    private static final String YEAR = CURRENT + "where year = $1 order by year, version desc";

    // Two who publish a year at once get the same number, and the primary key refuses one of them.
    /* language=PostgreSQL */
    private static final String PUBLISH = """
            insert into calendar_year (year, version, decree, source, verified, days_off, published_at, published_by)
            select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6, $7
            from calendar_year
            where year = $1
            returning version
            """;

    /* language=PostgreSQL */
    private static final String TERM = """
            select code, effective_from, amount, unit, extension, article
            from legal_term
            where code = $1 and effective_from <= $2
            order by effective_from desc
            limit 1
            """;

    /* language=PostgreSQL */
    private static final String TERMS = """
            select code, effective_from, amount, unit, extension, article
            from legal_term
            order by code, effective_from
            limit 500
            """;

    /** The whole calendar: a few hundred dates a year. */
    Uni<WorkingDays> workingDays(SqlClient client) {
        return client.preparedQuery(YEARS)
                .execute()
                .map(rows -> new WorkingDays(StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.toMap(
                                row -> row.getInteger("year"), row -> Set.of(row.getArrayOfLocalDates("days_off"))))));
    }

    Uni<List<CalendarYearView>> years(SqlClient client) {
        return client.preparedQuery(YEARS).execute().map(rows -> Rows.list(rows, CalendarSql::year));
    }

    Uni<Optional<CalendarYearView>> year(SqlClient client, int year) {
        return client.preparedQuery(YEAR).execute(Params.of(year)).map(rows -> Rows.first(rows, CalendarSql::year));
    }

    /** @return the number of the new version */
    Uni<Integer> publish(SqlConnection tx, CalendarYearView year, String by) {
        return tx.preparedQuery(PUBLISH)
                .execute(Params.of(
                        year.year(),
                        year.decree(),
                        year.source(),
                        year.verified(),
                        year.daysOff().toArray(LocalDate[]::new),
                        year.publishedAt().atOffset(ZoneOffset.UTC),
                        by))
                .map(rows -> rows.iterator().next().getInteger("version"));
    }

    Uni<Optional<Term>> term(SqlClient client, TermCode code, LocalDate on) {
        return client.preparedQuery(TERM)
                .execute(Params.of(code.name(), on))
                .map(rows -> Rows.first(rows, CalendarSql::term));
    }

    Uni<List<LegalTermView>> terms(SqlClient client) {
        return client.preparedQuery(TERMS).execute().map(rows -> Rows.list(rows, row -> LegalTermView.of(term(row))));
    }

    private static Term term(Row row) {
        return new Term(
                TermCode.valueOf(row.getString("code")),
                row.getLocalDate("effective_from"),
                row.getInteger("amount"),
                TermUnit.valueOf(row.getString("unit")),
                row.getInteger("extension"),
                row.getString("article"));
    }

    private static CalendarYearView year(Row row) {
        List<LocalDate> daysOff = List.of(row.getArrayOfLocalDates("days_off"));
        return new CalendarYearView(
                row.getInteger("year"),
                row.getInteger("version"),
                row.getString("decree"),
                row.getString("source"),
                row.getBoolean("verified"),
                CalendarApi.workingDays(row.getInteger("year"), daysOff),
                daysOff,
                row.getOffsetDateTime("published_at").toInstant());
    }
}
