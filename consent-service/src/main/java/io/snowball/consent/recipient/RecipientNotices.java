package io.snowball.consent.recipient;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.calendar.Deadlines;
import io.snowball.consent.calendar.TermCode;
import io.snowball.consent.document.PurposeVersions;
import io.snowball.consent.document.PurposeVersions.Described;
import io.snowball.consent.operator.Operators;
import io.snowball.consent.paper.Paper;
import io.snowball.consent.paper.Printed;
import io.snowball.consent.paper.Printer;
import io.snowball.consent.recipient.RecipientApi.RecipientNoticePage;
import io.snowball.consent.recipient.RecipientApi.RecipientNoticeView;
import io.snowball.consent.recipient.RecipientApi.State;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.vertx.mutiny.sqlclient.Pool;
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
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What recipients are to be told, when they were, and that they did as told. */
@ApplicationScoped
public class RecipientNotices {
    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into recipient_notice (id, customer_id, recipient, what, cause, cause_id, due_on, created_at)
            select n.id, $3, n.recipient, $4, $5, $6, $7, $8
            from unnest($1::uuid[], $2::text[]) as n (id, recipient)
            on conflict do nothing
            """;

    /* language=PostgreSQL */
    private static final String SELECT = """
            select id, number, customer_id, recipient, what, cause, cause_id, due_on, created_at, sent_at, sent_reference, acknowledged_at,
              acknowledgement
            from recipient_notice
            """;

    /* language=PostgreSQL */
    private static final String GET = SELECT + "where id = $1";

    /* language=PostgreSQL */
    private static final String LIST = SELECT + """
            where id > $1
              and ($2::text is null or $2 = case when acknowledged_at is not null then 'ACKNOWLEDGED' when sent_at is not null then 'SENT' else 'OPEN' end)
            order by id
            limit $3
            """;

    /* language=PostgreSQL */
    private static final String SENT = """
            update recipient_notice set sent_at = $2, sent_by = $3, sent_reference = $4 where id = $1 and sent_at is null
            """;

    /* language=PostgreSQL */
    private static final String ACKNOWLEDGED = """
            update recipient_notice
            set acknowledged_at = $2, acknowledged_by = $3, acknowledgement = $4
            where id = $1 and sent_at is not null and acknowledged_at is null
            """;

    /* language=PostgreSQL */
    private static final String OVERDUE = """
            select count(*) as notices from recipient_notice where acknowledged_at is null and due_on < $1
            """;

    private final Pool pool;
    private final PurposeVersions purposes;
    private final Operators operators;
    private final Deadlines deadlines;
    private final Printer printer;
    private final Clock clock;
    private final AtomicLong overdue;

    RecipientNotices(
            Pool pool,
            PurposeVersions purposes,
            Operators operators,
            Deadlines deadlines,
            Printer printer,
            Clock clock,
            MeterRegistry metrics) {
        this.pool = pool;
        this.purposes = purposes;
        this.operators = operators;
        this.deadlines = deadlines;
        this.printer = printer;
        this.clock = clock;
        this.overdue = metrics.gauge("snowball_consent_recipient_notices_overdue", new AtomicLong());
    }

    public enum CauseKind {
        SUBJECT_REQUEST,
        DESTRUCTION
    }

    /** Why something is to be told, and of whom. */
    public record Cause(CauseKind kind, UUID id, UUID customerId, What what) {}

    /** A notice for each recipient that any purpose in force names; in the transaction of what caused it. */
    public Uni<Void> tell(SqlConnection tx, Cause cause, Instant now) {
        return purposes.at(tx, now)
                .map(described -> described.stream()
                        .map(Described::recipients)
                        .flatMap(List::stream)
                        .distinct()
                        .toList())
                .chain(recipients -> recipients.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : deadlines
                                .due(tx, TermCode.TELL_RECIPIENTS, deadlines.dayOf(now))
                                .chain(due -> insert(tx, cause, recipients, due.dueOn(), now)));
    }

    private static Uni<Void> insert(
            SqlConnection tx, Cause cause, List<String> recipients, LocalDate dueOn, Instant now) {
        return tx.preparedQuery(INSERT)
                .execute(Params.of(
                        Params.uuids(recipients, _ -> Ids.next()),
                        recipients.toArray(String[]::new),
                        cause.customerId(),
                        cause.what().name(),
                        cause.kind().name(),
                        cause.id(),
                        dueOn,
                        utc(now)))
                .replaceWithVoid();
    }

    Uni<RecipientNoticeView> sent(UUID id, String reference, String by) {
        return pool.withTransaction(tx -> get(tx, id)
                .invoke(found -> {
                    if (found.state() != State.OPEN) {
                        throw NoticeProblem.DONE_ALREADY.with("Read the notice to see when it was sent");
                    }
                })
                .chain(() -> tx.preparedQuery(SENT).execute(Params.of(id, utc(clock.instant()), by, reference)))
                .chain(() -> get(tx, id)));
    }

    Uni<RecipientNoticeView> acknowledged(UUID id, String reference, String by) {
        return pool.withTransaction(tx -> get(tx, id)
                .invoke(RecipientNotices::refuseAcknowledgement)
                .chain(() -> tx.preparedQuery(ACKNOWLEDGED).execute(Params.of(id, utc(clock.instant()), by, reference)))
                .chain(() -> get(tx, id)));
    }

    private static void refuseAcknowledgement(RecipientNoticeView found) {
        switch (found.state()) {
            case OPEN ->
                throw NoticeProblem.NOT_SENT.with("Record the sending by POST /api/v1/recipient-notices/{id}/sendings");
            case ACKNOWLEDGED -> throw NoticeProblem.DONE_ALREADY.with("Read the notice to see when");
            case SENT -> {}
        }
    }

    Uni<RecipientNoticeView> get(UUID id) {
        return get(pool, id);
    }

    Uni<RecipientNoticePage> list(@Nullable State state, int limit, @Nullable String cursor) {
        List<String> after = Cursor.decode(cursor, 1, String.valueOf(state));
        UUID place = after == null ? new UUID(0, 0) : Cursor.asUuid(after.getFirst());
        return pool.preparedQuery(LIST)
                .execute(Params.of(place, state == null ? null : state.name(), limit + 1))
                .map(rows -> Keyset.of(
                        Rows.list(rows, this::view),
                        limit,
                        last -> List.of(last.id().toString()),
                        String.valueOf(state)))
                .map(page -> new RecipientNoticePage(page.items(), page.nextCursor()));
    }

    /** The letter, to be sent by hand or as a file. It names the person by the id that the recipient has from us. */
    Uni<Printed> letter(UUID id) {
        return get(id).chain(notice -> operators
                .at(pool, notice.createdAt())
                .map(operator -> Paper.titled(notice.what().title() + " № " + notice.number())
                        .line("Кому", notice.recipient())
                        .line("Оператор", operator.requisites())
                        .line("Субъект", "идентификатор " + notice.customerId())
                        .line("Срок", notice.dueOn())
                        .text("Просим " + notice.what().demand()
                                + ", полученные от оператора, и письменно подтвердить исполнение до указанного срока"
                                + " (152-ФЗ, ст. 6 ч. 3, ст. 20 ч. 3, ст. 21).")
                        .line("Подтверждение направить", operator.contacts())
                        .signature(operator.signatory()))
                .chain(paper -> printer.print(paper, notice.createdAt())));
    }

    @Scheduled(every = "1m", delayed = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return pool.preparedQuery(OVERDUE)
                .execute(Params.of(deadlines.dayOf(clock.instant())))
                .invoke(rows -> overdue.set(rows.iterator().next().getLong("notices")))
                .replaceWithVoid();
    }

    private Uni<RecipientNoticeView> get(SqlClient client, UUID id) {
        return client.preparedQuery(GET)
                .execute(Params.of(id))
                .map(rows -> Rows.first(rows, this::view)
                        .orElseThrow(() -> NoticeProblem.NOTICE_NOT_FOUND.with("List the notices to see their ids")));
    }

    private RecipientNoticeView view(Row row) {
        Instant sent = instant(row, "sent_at");
        Instant acknowledged = instant(row, "acknowledged_at");
        LocalDate dueOn = row.getLocalDate("due_on");
        return new RecipientNoticeView(
                row.getUUID("id"),
                row.getLong("number"),
                row.getUUID("customer_id"),
                row.getString("recipient"),
                What.valueOf(row.getString("what")),
                row.getString("cause"),
                row.getUUID("cause_id"),
                acknowledged != null ? State.ACKNOWLEDGED : sent != null ? State.SENT : State.OPEN,
                dueOn,
                acknowledged == null && deadlines.dayOf(clock.instant()).isAfter(dueOn),
                row.getOffsetDateTime("created_at").toInstant(),
                sent,
                row.getString("sent_reference"),
                acknowledged,
                row.getString("acknowledgement"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
