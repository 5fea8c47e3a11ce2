package io.snowball.consent.destruction;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.destruction.DestructionApi.DestructionProofView;
import io.snowball.consent.destruction.DestructionApi.DestructionView;
import io.snowball.consent.destruction.DestructionApi.PlanDestruction;
import io.snowball.consent.destruction.DestructionApi.Reason;
import io.snowball.consent.destruction.DestructionApi.State;
import io.snowball.consent.paper.Printed;
import io.snowball.consent.paper.Printer;
import io.snowball.consent.sibling.PersonalData.Destroyed;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class DestructionSql {
    private static final Duration LEASE = Duration.ofMinutes(2);

    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into destruction (id, customer_id, reason, reason_text, request_id, state, due_on, categories, planned_at, planned_by,
              next_attempt_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9)
            """;

    private static final String COLUMNS = """
            id, number, customer_id, reason, reason_text, request_id, state, due_on, categories, planned_at, approved_at, destroyed_at,
              attempts, last_fault
            """;

    /* language=PostgreSQL */
    private static final String GET = "select " + COLUMNS + "from destruction where id = $1";

    /* language=PostgreSQL */
    private static final String LIST = "select " + COLUMNS + """
            from destruction
            where id > $1 and ($2::text is null or state = $2)
            order by id
            limit $3
            """;

    /* language=PostgreSQL */
    private static final String DECIDE = """
            update destruction
            set state = $2, approved_at = $3, approved_by = $4, next_attempt_at = $3
            where id = $1 and state = 'PROPOSED'
            """;

    /* language=PostgreSQL */
    private static final String CLAIM = """
            with due as (
              select id
              from destruction
              where state in ('PLANNED', 'DESTROYING', 'VERIFYING') and next_attempt_at <= $1
                and (claimed_until is null or claimed_until < $1)
              order by next_attempt_at
              limit $2
              for update skip locked)
            update destruction d
            set claimed_until = $3
            from due
            where d.id = due.id
            returning d.id
            """;

    /* language=PostgreSQL */
    private static final String BEGIN = "update destruction set state = 'DESTROYING', subject = $2 where id = $1";

    /* language=PostgreSQL */
    private static final String VERIFY = """
            update destruction
            set state = 'VERIFYING', destroyed_at = $2, erased_ids = erased_ids || $3::uuid[], destroyed_rows = coalesce(destroyed_rows, $4)
            where id = $1
            """;

    // The words of the reason are in the act, and nowhere else.
    /* language=PostgreSQL */
    private static final String FINISH = """
            with answers as (
              update idempotency_key
              set response = jsonb_set(response::jsonb, '{text}', '""')::text
              where operation = 'planDestruction' and position($1::uuid::text in response) > 0)
            update destruction
            set state = 'DONE', subject = null, reason_text = '', claimed_until = null, last_fault = null, destroyed_at = $2
            where id = $1::uuid
            """;

    // Twice as long each time, an hour at most.
    /* language=PostgreSQL */
    private static final String FAIL = """
            update destruction
            set attempts = attempts + 1, last_fault = $2, claimed_until = null,
              next_attempt_at = $3::timestamptz + least(interval '1 hour', interval '5 seconds' * power(2, least(attempts, 12)))
            where id = $1
            """;

    // A feed takes a moment: soon at first, then after a quarter of the time that it has taken.
    /* language=PostgreSQL */
    private static final String POSTPONE = """
            update destruction
            set last_fault = $2, claimed_until = null,
              next_attempt_at = $3::timestamptz
                + greatest(interval '2 seconds', least(interval '1 hour', ($3::timestamptz - coalesce(destroyed_at, $3)) / 4))
            where id = $1
            """;

    /* language=PostgreSQL */
    private static final String LATE = """
            select count(*) as late
            from destruction
            where state in ('PLANNED', 'DESTROYING', 'VERIFYING') and coalesce(approved_at, planned_at) < $1
            """;

    /* language=PostgreSQL */
    private static final String NOTED = "select subject, erased_ids, destroyed_rows from destruction where id = $1";

    // The register keeps that there was a request, and when; not whose. The same of everything else into which somebody
    // could write words: times, codes and ids stay. Nor may the answers that are kept to be repeated have them.
    /* language=PostgreSQL */
    private static final String FORGET_REQUESTS = """
            with forgotten as (
              update subject_request
              set applicant_name = null, applicant_contact = null, representative = null, text = null,
                closing_note = case when closing_note is not null then '' end,
                extension_reason = case when extension_reason is not null then '' end
              where customer_id = any($1)
              returning id),
            papers as (
              delete from subject_request_paper where request_id in (select id from forgotten)),
            plans as (
              update destruction set reason_text = '' where customer_id = any($1) and state in ('DONE', 'REJECTED')),
            stops as (
              update contact_stop set reference = null where customer_id = any($1) returning id),
            notices as (
              update recipient_notice
              set sent_reference = case when sent_reference is not null then '' end,
                acknowledgement = case when acknowledgement is not null then '' end
              where customer_id = any($1)),
            named as (
              select id from forgotten
              union all
              select id from stops)
            delete from idempotency_key k
            using named n
            where k.operation in ('registerSubjectRequest', 'extendSubjectRequest', 'answerSubjectRequest', 'createContactStop')
              and position(n.id::text in k.response) > 0
            """;

    /* language=PostgreSQL */
    private static final String ARCHIVE = """
            insert into destruction_archive.proof (destruction_id, number, destroyed_at, act_pdf, act_sha256, act_html, log_csv, log_sha256,
              kept_until, log_xml, log_xml_sha256)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (destruction_id) do nothing
            """;

    /* language=PostgreSQL */
    private static final String PROOF = """
            select destruction_id, number, destroyed_at, act_sha256, log_sha256, log_xml_sha256, kept_until
            from destruction_archive.proof
            where destruction_id = $1
            """;

    /* language=PostgreSQL */
    private static final String FILES =
            "select act_pdf, act_html, log_csv, log_xml from destruction_archive.proof where destruction_id = $1";

    /* language=PostgreSQL */
    private static final String PURGE = "delete from destruction_archive.proof where kept_until <= $1";

    // Nobody in here has a consent in force, and the last word was said longer ago than any of their purposes keeps
    // data.
    /* language=PostgreSQL */
    private static final String REACHED = """
            with kept as (
              select distinct on (purpose) purpose, retention_days
              from purpose_version
              where effective_from <= $1
              order by purpose, version desc)
            select s.customer_id
            from consent_state s
            join kept k on k.purpose = s.purpose
            where not exists (
              select from destruction d where d.customer_id = s.customer_id)
              -- Also by a purpose that nobody has described.
              and not exists (
                select from consent_state g
                where g.customer_id = s.customer_id and g.state in ('GIVEN', 'PENDING_CONFIRMATION'))
              -- Theirs is the data of who stays, who may have reason to be kept.
              and not exists (select from merged_customer m where m.customer_id = s.customer_id)
            group by s.customer_id
            having bool_and(k.retention_days is not null)
              and max(s.stated_at + make_interval(days => k.retention_days)) <= $1
            limit $2
            """;

    Uni<Void> insert(
            SqlConnection tx, UUID id, PlanDestruction plan, State state, Planned planned, List<String> categories) {
        return tx.preparedQuery(INSERT)
                .execute(Params.of(
                        id,
                        plan.customerId(),
                        plan.reason().name(),
                        plan.text(),
                        plan.requestId(),
                        state.name(),
                        planned.dueOn(),
                        categories.toArray(String[]::new),
                        utc(planned.at()),
                        planned.by()))
                .replaceWithVoid();
    }

    /** When it was planned, by whom, and by when it must be done. */
    record Planned(Instant at, String by, LocalDate dueOn) {}

    Uni<Optional<DestructionView>> find(SqlClient client, UUID id) {
        return client.preparedQuery(GET).execute(Params.of(id)).map(rows -> Rows.first(rows, DestructionSql::view));
    }

    Uni<List<DestructionView>> list(SqlClient client, UUID after, @Nullable State state, int limit) {
        return client.preparedQuery(LIST)
                .execute(Params.of(after, state == null ? null : state.name(), limit))
                .map(rows -> Rows.list(rows, DestructionSql::view));
    }

    /** @return whether it was proposed */
    Uni<Boolean> decide(SqlConnection tx, UUID id, State state, Instant now, String by) {
        return tx.preparedQuery(DECIDE)
                .execute(Params.of(id, state.name(), utc(now), by))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<List<UUID>> claim(SqlClient client, Instant now, int limit) {
        return client.preparedQuery(CLAIM)
                .execute(Params.of(utc(now), limit, utc(now.plus(LEASE))))
                .map(rows -> Rows.list(rows, row -> row.getUUID("id")));
    }

    Uni<Void> begin(SqlConnection tx, UUID id, String subject) {
        return tx.preparedQuery(BEGIN).execute(Params.of(id, subject)).replaceWithVoid();
    }

    Uni<Void> verify(SqlConnection tx, UUID id, Destroyed destroyed, Instant now) {
        return tx.preparedQuery(VERIFY)
                .execute(Params.of(
                        id,
                        utc(now),
                        destroyed.ids().toArray(UUID[]::new),
                        destroyed.rows().isEmpty() ? null : Findings.counted(destroyed.rows())))
                .replaceWithVoid();
    }

    Uni<Void> finish(SqlConnection tx, UUID id, Instant destroyedAt) {
        return tx.preparedQuery(FINISH).execute(Params.of(id, utc(destroyedAt))).replaceWithVoid();
    }

    /** Not a fault: it only waits. */
    Uni<Void> postpone(SqlClient client, UUID id, String reason, Instant now) {
        return client.preparedQuery(POSTPONE)
                .execute(Params.of(id, reason, utc(now)))
                .replaceWithVoid();
    }

    /** @return how many run that were planned, or approved, before */
    Uni<Long> late(SqlClient client, Instant before) {
        return client.preparedQuery(LATE)
                .execute(Params.of(utc(before)))
                .map(rows -> rows.iterator().next().getLong("late"));
    }

    Uni<Void> fail(SqlClient client, UUID id, String fault, Instant now) {
        return client.preparedQuery(FAIL)
                .execute(Params.of(id, fault, utc(now)))
                .replaceWithVoid();
    }

    /**
     * What was noted on the way, for the questions and the act.
     *
     * @param destroyedRows what customer-service has destroyed, where it was there to say
     */
    record Noted(
            String subject, List<UUID> erasedIds, @Nullable String destroyedRows) {
        @Override
        public String toString() {
            return "Noted";
        }
    }

    Uni<Noted> noted(SqlClient client, UUID id) {
        return client.preparedQuery(NOTED)
                .execute(Params.of(id))
                .map(rows -> rows.iterator().next())
                .map(row -> new Noted(
                        row.getString("subject"),
                        List.of(row.getArrayOfUUIDs("erased_ids")),
                        row.getString("destroyed_rows")));
    }

    /** @param ids all that the person ever had */
    Uni<Void> forgetRequests(SqlConnection tx, List<UUID> ids) {
        return tx.preparedQuery(FORGET_REQUESTS)
                .execute(Params.of((Object) ids.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    /** The log of order 179 in one of its forms. */
    record Log(String text, String sha256) {
        static Log of(String text) {
            return new Log(text, Printer.sha256(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    Uni<Void> archive(
            SqlConnection tx,
            DestructionView destruction,
            Instant destroyedAt,
            Printed act,
            Log csv,
            Log xml,
            LocalDate until) {
        return tx.preparedQuery(ARCHIVE)
                .execute(Params.of(
                        destruction.id(),
                        destruction.number(),
                        utc(destroyedAt),
                        act.pdf(),
                        act.sha256(),
                        act.html(),
                        csv.text(),
                        csv.sha256(),
                        until,
                        xml.text(),
                        xml.sha256()))
                .replaceWithVoid();
    }

    Uni<Optional<DestructionProofView>> proof(SqlClient client, UUID id) {
        return client.preparedQuery(PROOF)
                .execute(Params.of(id))
                .map(rows -> Rows.first(
                        rows,
                        row -> new DestructionProofView(
                                row.getUUID("destruction_id"),
                                row.getLong("number"),
                                row.getOffsetDateTime("destroyed_at").toInstant(),
                                row.getString("act_sha256"),
                                row.getString("log_sha256"),
                                row.getString("log_xml_sha256"),
                                row.getLocalDate("kept_until"))));
    }

    Uni<Optional<Row>> files(SqlClient client, UUID id) {
        return client.preparedQuery(FILES).execute(Params.of(id)).map(rows -> Rows.first(rows, row -> row));
    }

    /** @return how many went */
    Uni<Integer> purge(SqlClient client, LocalDate today) {
        return client.preparedQuery(PURGE).execute(Params.of(today)).map(rows -> rows.rowCount());
    }

    Uni<List<UUID>> reached(SqlClient client, Instant now, int limit) {
        return client.preparedQuery(REACHED)
                .execute(Params.of(utc(now), limit))
                .map(rows -> Rows.list(rows, row -> row.getUUID("customer_id")));
    }

    private static DestructionView view(Row row) {
        return new DestructionView(
                row.getUUID("id"),
                row.getLong("number"),
                row.getUUID("customer_id"),
                Reason.valueOf(row.getString("reason")),
                row.getString("reason_text"),
                row.getUUID("request_id"),
                State.valueOf(row.getString("state")),
                row.getLocalDate("due_on"),
                List.of(row.getArrayOfStrings("categories")),
                row.getOffsetDateTime("planned_at").toInstant(),
                instant(row.getOffsetDateTime("approved_at")),
                instant(row.getOffsetDateTime("destroyed_at")),
                row.getInteger("attempts"),
                row.getString("last_fault"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
