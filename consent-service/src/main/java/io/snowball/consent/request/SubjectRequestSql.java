package io.snowball.consent.request;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.calendar.Deadlines;
import io.snowball.consent.paper.Printed;
import io.snowball.consent.request.SubjectRequestApi.Applicant;
import io.snowball.consent.request.SubjectRequestApi.CheckIdentity;
import io.snowball.consent.request.SubjectRequestApi.ClosingView;
import io.snowball.consent.request.SubjectRequestApi.ExtensionView;
import io.snowball.consent.request.SubjectRequestApi.IdentityMethod;
import io.snowball.consent.request.SubjectRequestApi.IdentityView;
import io.snowball.consent.request.SubjectRequestApi.PaperKind;
import io.snowball.consent.request.SubjectRequestApi.RequestFilter;
import io.snowball.consent.request.SubjectRequestApi.State;
import io.snowball.consent.request.SubjectRequestApi.SubjectRequestPaperView;
import io.snowball.consent.request.SubjectRequestApi.SubjectRequestView;
import io.snowball.consent.request.SubjectRequestApi.Way;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class SubjectRequestSql {
    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into subject_request (id, kind, state, channel, received_at, received_on, due_on, extendable_to, destroy_by_on, article,
              customer_id, applicant_name, applicant_contact, representative, text, created_at, created_by)
            values ($1, $2, 'RECEIVED', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """;

    /* language=PostgreSQL */
    private static final String SELECT = """
            select id, number, kind, state, channel, received_at, received_on, due_on, extendable_to, destroy_by_on, article, customer_id,
              applicant_name, applicant_contact, representative, text, identity_method, identity_confirmed, identity_checked_at,
              identity_checked_by, extension_reason, extended_at, closed_at, closed_by, closing_note
            from subject_request
            """;

    /* language=PostgreSQL */
    private static final String GET = SELECT + "where id = $1";

    /* language=PostgreSQL */
    private static final String LOCK = GET + " for update";

    // The most urgent first.
    /* language=PostgreSQL */
    private static final String LIST = SELECT + """
            where (due_on, id) > ($1, $2)
              and ($3::boolean is null or (closed_at is null) = $3)
              and ($4::boolean is null or (closed_at is null and due_on < $5) = $4)
              and ($6::text is null or kind = $6)
              and ($7::uuid is null or customer_id = $7)
            order by due_on, id
            limit $8
            """;

    /* language=PostgreSQL */
    private static final String IDENTIFY = """
            update subject_request
            set identity_method = $2, identity_confirmed = $3, identity_checked_at = $4, identity_checked_by = $5,
              state = case when $3 then 'IDENTIFIED' else 'RECEIVED' end, customer_id = coalesce($6, customer_id)
            where id = $1
            """;

    /* language=PostgreSQL */
    private static final String EXTEND = """
            update subject_request
            set due_on = extendable_to, extended_at = $2, extension_reason = $3
            where id = $1
            """;

    /* language=PostgreSQL */
    private static final String CLOSE = """
            update subject_request
            set state = $2, closed_at = $3, closed_by = $4, closing_note = $5
            where id = $1
            """;

    /* language=PostgreSQL */
    private static final String OVERDUE =
            "select count(*) as overdue from subject_request where closed_at is null and due_on < $1";

    /* language=PostgreSQL */
    private static final String INSERT_PAPER = """
            insert into subject_request_paper (id, request_id, kind, title, sha256, pdf, html, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    /* language=PostgreSQL */
    private static final String PAPERS = """
            select id, kind, title, sha256, created_at
            from subject_request_paper
            where request_id = $1
            order by id
            limit 200
            """;

    /* language=PostgreSQL */
    private static final String PDF = "select pdf from subject_request_paper where request_id = $1 and id = $2";

    /* language=PostgreSQL */
    private static final String HTML = "select html from subject_request_paper where request_id = $1 and id = $2";

    private final Deadlines deadlines;
    private final Clock clock;

    SubjectRequestSql(Deadlines deadlines, Clock clock) {
        this.deadlines = deadlines;
        this.clock = clock;
    }

    Uni<Void> insert(SqlConnection tx, NewRequest request) {
        return tx.preparedQuery(INSERT)
                .execute(Params.of(
                        request.id(),
                        request.asked().kind().name(),
                        request.asked().channel().name(),
                        utc(request.receivedAt()),
                        deadlines.dayOf(request.receivedAt()),
                        request.deadline().dueOn(),
                        request.deadline().extendedTo(),
                        request.destroyBy().orElse(null),
                        request.deadline().article(),
                        request.asked().customerId(),
                        request.applicant().name(),
                        request.applicant().contact(),
                        request.applicant().representative(),
                        request.asked().text(),
                        utc(clock.instant()),
                        request.by()))
                .replaceWithVoid();
    }

    Uni<Optional<SubjectRequestView>> find(SqlClient client, UUID id) {
        return client.preparedQuery(GET).execute(Params.of(id)).map(rows -> Rows.first(rows, this::view));
    }

    Uni<Optional<SubjectRequestView>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK).execute(Params.of(id)).map(rows -> Rows.first(rows, this::view));
    }

    Uni<List<SubjectRequestView>> list(
            SqlClient client, RequestFilter filter, LocalDate afterDue, UUID afterId, int limit) {
        return client.preparedQuery(LIST)
                .execute(Params.of(
                        afterDue,
                        afterId,
                        filter.open(),
                        filter.overdue(),
                        today(),
                        filter.kind() == null ? null : filter.kind().name(),
                        filter.customerId(),
                        limit))
                .map(rows -> Rows.list(rows, this::view));
    }

    Uni<Void> identify(SqlConnection tx, UUID id, CheckIdentity check, String by) {
        return tx.preparedQuery(IDENTIFY)
                .execute(Params.of(
                        id, check.method().name(), check.confirmed(), utc(clock.instant()), by, check.customerId()))
                .replaceWithVoid();
    }

    Uni<Void> extend(SqlConnection tx, UUID id, String reason) {
        return tx.preparedQuery(EXTEND)
                .execute(Params.of(id, utc(clock.instant()), reason))
                .replaceWithVoid();
    }

    Uni<Void> close(SqlConnection tx, UUID id, State state, String by, String note) {
        return tx.preparedQuery(CLOSE)
                .execute(Params.of(id, state.name(), utc(clock.instant()), by, note))
                .replaceWithVoid();
    }

    Uni<Long> overdue(SqlClient client) {
        return client.preparedQuery(OVERDUE)
                .execute(Params.of(today()))
                .map(rows -> rows.iterator().next().getLong("overdue"));
    }

    Uni<Void> insertPaper(SqlConnection tx, UUID id, UUID requestId, PaperKind kind, Printed paper) {
        return tx.preparedQuery(INSERT_PAPER)
                .execute(Params.of(
                        id,
                        requestId,
                        kind.name(),
                        paper.title(),
                        paper.sha256(),
                        paper.pdf(),
                        paper.html(),
                        utc(clock.instant())))
                .replaceWithVoid();
    }

    Uni<List<SubjectRequestPaperView>> papers(SqlClient client, UUID requestId) {
        return client.preparedQuery(PAPERS)
                .execute(Params.of(requestId))
                .map(rows -> Rows.list(
                        rows,
                        row -> new SubjectRequestPaperView(
                                row.getUUID("id"),
                                PaperKind.valueOf(row.getString("kind")),
                                row.getString("title"),
                                row.getString("sha256"),
                                row.getOffsetDateTime("created_at").toInstant())));
    }

    Uni<Optional<byte[]>> pdf(SqlClient client, UUID requestId, UUID id) {
        return client.preparedQuery(PDF)
                .execute(Params.of(requestId, id))
                .map(rows -> Rows.first(rows, row -> row.getBuffer("pdf").getBytes()));
    }

    Uni<Optional<String>> html(SqlClient client, UUID requestId, UUID id) {
        return client.preparedQuery(HTML)
                .execute(Params.of(requestId, id))
                .map(rows -> Rows.first(rows, row -> row.getString("html")));
    }

    private LocalDate today() {
        return deadlines.dayOf(clock.instant());
    }

    private SubjectRequestView view(Row row) {
        LocalDate dueOn = row.getLocalDate("due_on");
        boolean open = row.getOffsetDateTime("closed_at") == null;
        return new SubjectRequestView(
                row.getUUID("id"),
                row.getLong("number"),
                RequestKind.valueOf(row.getString("kind")),
                State.valueOf(row.getString("state")),
                Way.valueOf(row.getString("channel")),
                row.getOffsetDateTime("received_at").toInstant(),
                dueOn,
                open && dueOn.isBefore(today()),
                row.getOffsetDateTime("extended_at") == null ? row.getLocalDate("extendable_to") : null,
                row.getLocalDate("destroy_by_on"),
                row.getString("article"),
                row.getUUID("customer_id"),
                new Applicant(
                        row.getString("applicant_name"),
                        row.getString("applicant_contact"),
                        row.getString("representative")),
                row.getString("text"),
                identity(row),
                extension(row),
                closing(row));
    }

    private static @Nullable IdentityView identity(Row row) {
        OffsetDateTime at = row.getOffsetDateTime("identity_checked_at");
        return at == null
                ? null
                : new IdentityView(
                        IdentityMethod.valueOf(row.getString("identity_method")),
                        row.getBoolean("identity_confirmed"),
                        at.toInstant(),
                        row.getString("identity_checked_by"));
    }

    private static @Nullable ExtensionView extension(Row row) {
        OffsetDateTime at = row.getOffsetDateTime("extended_at");
        return at == null ? null : new ExtensionView(row.getString("extension_reason"), at.toInstant());
    }

    private static @Nullable ClosingView closing(Row row) {
        OffsetDateTime at = row.getOffsetDateTime("closed_at");
        return at == null
                ? null
                : new ClosingView(at.toInstant(), row.getString("closed_by"), row.getString("closing_note"));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
