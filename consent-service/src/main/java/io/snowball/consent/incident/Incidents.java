package io.snowball.consent.incident;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.calendar.Deadlines;
import io.snowball.consent.calendar.TermCode;
import io.snowball.consent.incident.IncidentApi.FineView;
import io.snowball.consent.incident.IncidentApi.IncidentCount;
import io.snowball.consent.incident.IncidentApi.IncidentList;
import io.snowball.consent.incident.IncidentApi.IncidentResult;
import io.snowball.consent.incident.IncidentApi.IncidentSent;
import io.snowball.consent.incident.IncidentApi.IncidentView;
import io.snowball.consent.incident.IncidentApi.ReportIncident;
import io.snowball.consent.operator.Operators;
import io.snowball.consent.paper.Paper;
import io.snowball.consent.paper.Printed;
import io.snowball.consent.paper.Printer;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.money.Money;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Incidents from the discovery to the result. */
@ApplicationScoped
class Incidents {
    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into incident (id, discovered_at, notice_due_at, result_due_at, what, reasons, data, subjects, identifiers, harm, measures,
              where_found, gossopka, created_at, created_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            """;

    // The heaviest class that either count reaches.
    /* language=PostgreSQL */
    private static final String SELECT = """
            select i.id, i.number, i.discovered_at, i.notice_due_at, i.result_due_at, i.what, i.reasons, i.data, i.subjects, i.identifiers,
              i.harm, i.measures, i.where_found, i.gossopka, i.notice_sent_at, i.notice_reference, i.confirmed, i.culprits, i.act_number,
              i.result_sent_at, i.result_reference, i.counted_at, i.counted_scope, i.counted_records,
              i.counted_subjects, i.counted_unnamed, i.counted_identifiers, f.part, f.fine_min, f.fine_max
            from incident i
            left join lateral (
              select part, fine_min, fine_max
              from leak_class
              where effective_from <= i.discovered_at::date and (subjects_from <= i.subjects or identifiers_from <= i.identifiers)
              order by fine_max desc, effective_from desc
              limit 1) f on true
            """;

    /* language=PostgreSQL */
    private static final String GET = SELECT + "where i.id = $1";

    /* language=PostgreSQL */
    private static final String LIST = SELECT + "order by i.discovered_at desc, i.id limit 200";

    /* language=PostgreSQL */
    private static final String NOTICE = """
            update incident set notice_sent_at = $2, notice_reference = $3 where id = $1 and notice_sent_at is null
            """;

    /* language=PostgreSQL */
    private static final String RESULT = """
            update incident
            set confirmed = $2, culprits = $3, act_number = $4, result_sent_at = $5, result_reference = $6
            where id = $1 and notice_sent_at is not null and result_sent_at is null
            """;

    private final Pool pool;
    private final Deadlines deadlines;
    private final Operators operators;
    private final Printer printer;
    private final Idempotency idempotency;
    private final Clock clock;

    Incidents(
            Pool pool,
            Deadlines deadlines,
            Operators operators,
            Printer printer,
            Idempotency idempotency,
            Clock clock) {
        this.pool = pool;
        this.deadlines = deadlines;
        this.operators = operators;
        this.printer = printer;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    Uni<RestResponse<IncidentView>> report(@Nullable UUID key, ReportIncident report, String by) {
        return idempotency.once(
                "reportIncident",
                key,
                report,
                IncidentView.class,
                tx -> insert(tx, report, by).map(view -> Reply.created("/api/v1/incidents/" + view.id(), view)));
    }

    Uni<IncidentView> noticeSent(UUID id, IncidentSent sent) {
        return pool.withTransaction(tx -> get(tx, id)
                .chain(() -> tx.preparedQuery(NOTICE).execute(Params.of(id, utc(clock.instant()), sent.reference())))
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw IncidentProblem.SENT_ALREADY.with("Read the incident to see what was sent");
                    }
                })
                .chain(() -> get(tx, id)));
    }

    Uni<IncidentView> resultSent(UUID id, IncidentResult result) {
        return pool.withTransaction(tx -> get(tx, id)
                .invoke(Incidents::refuseResult)
                .chain(() -> tx.preparedQuery(RESULT)
                        .execute(Params.of(
                                id,
                                result.confirmed(),
                                result.culprits(),
                                result.actNumber(),
                                utc(clock.instant()),
                                result.reference())))
                .chain(() -> get(tx, id)));
    }

    Uni<IncidentView> get(UUID id) {
        return get(pool, id);
    }

    Uni<IncidentList> list() {
        return pool.preparedQuery(LIST).execute().map(rows -> new IncidentList(Rows.list(rows, this::view)));
    }

    Uni<Printed> notice(UUID id) {
        return get(id).chain(incident -> papers(incident).chain(papers -> print(papers.notice(incident), incident)));
    }

    Uni<Printed> result(UUID id) {
        return get(id).chain(incident -> papers(incident).chain(papers -> print(papers.result(incident), incident)));
    }

    private Uni<Printed> print(Paper paper, IncidentView incident) {
        return printer.print(paper, incident.discoveredAt());
    }

    private Uni<IncidentPapers> papers(IncidentView incident) {
        return operators
                .at(pool, incident.discoveredAt())
                .map(operator -> new IncidentPapers(operator, deadlines.zone()));
    }

    private static void refuseResult(IncidentView incident) {
        if (incident.noticeSentAt() == null) {
            throw IncidentProblem.NOTICE_FIRST.with("Record it by POST /api/v1/incidents/{id}/notices");
        }
        if (incident.resultSentAt() != null) {
            throw IncidentProblem.SENT_ALREADY.with("Read the incident to see what was sent");
        }
    }

    private Uni<IncidentView> insert(SqlConnection tx, ReportIncident report, String by) {
        UUID id = Ids.next();
        Instant now = clock.instant();
        Instant discovered =
                Optional.ofNullable(report.discoveredAt()).orElse(now).truncatedTo(ChronoUnit.MICROS);
        if (discovered.isAfter(now)) {
            throw IncidentProblem.DISCOVERED_IN_FUTURE.with("Say when it was discovered, or leave it out");
        }
        return deadlines
                .dueAt(tx, TermCode.INCIDENT_NOTICE, discovered)
                .chain(notice -> deadlines
                        .dueAt(tx, TermCode.INCIDENT_RESULT, discovered)
                        .chain(result -> tx.preparedQuery(INSERT)
                                .execute(Params.of(
                                        id,
                                        utc(discovered),
                                        utc(notice),
                                        utc(result),
                                        report.what(),
                                        report.reasons(),
                                        report.data(),
                                        report.subjects(),
                                        report.identifiers(),
                                        report.harm(),
                                        report.measures(),
                                        report.whereFound(),
                                        report.gossopka(),
                                        utc(now),
                                        by))))
                .chain(() -> get(tx, id));
    }

    private Uni<IncidentView> get(SqlClient client, UUID id) {
        return client.preparedQuery(GET)
                .execute(Params.of(id))
                .map(rows -> Rows.first(rows, this::view)
                        .orElseThrow(
                                () -> IncidentProblem.INCIDENT_NOT_FOUND.with("List the incidents to see their ids")));
    }

    private IncidentView view(Row row) {
        Instant noticeDue = row.getOffsetDateTime("notice_due_at").toInstant();
        Instant resultDue = row.getOffsetDateTime("result_due_at").toInstant();
        Instant noticeSent = instant(row, "notice_sent_at");
        Instant resultSent = instant(row, "result_sent_at");
        Instant now = clock.instant();
        return new IncidentView(
                row.getUUID("id"),
                row.getLong("number"),
                row.getOffsetDateTime("discovered_at").toInstant(),
                noticeDue,
                resultDue,
                (noticeSent == null && now.isAfter(noticeDue)) || (resultSent == null && now.isAfter(resultDue)),
                row.getString("what"),
                row.getString("reasons"),
                row.getString("data"),
                row.getLong("subjects"),
                row.getLong("identifiers"),
                row.getString("harm"),
                row.getString("measures"),
                row.getString("where_found"),
                row.getString("gossopka"),
                noticeSent,
                row.getString("notice_reference"),
                row.getString("confirmed"),
                row.getString("culprits"),
                row.getString("act_number"),
                resultSent,
                row.getString("result_reference"),
                counted(row),
                fine(row));
    }

    private static @Nullable IncidentCount counted(Row row) {
        Instant at = instant(row, "counted_at");
        return at == null
                ? null
                : new IncidentCount(
                        at,
                        row.getString("counted_scope"),
                        row.getLong("counted_records"),
                        row.getLong("counted_subjects"),
                        row.getLong("counted_unnamed"),
                        row.getLong("counted_identifiers"));
    }

    private static @Nullable FineView fine(Row row) {
        String part = row.getString("part");
        return part == null
                ? null
                : new FineView(part, new Money(row.getLong("fine_min")), new Money(row.getLong("fine_max")));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
