package io.snowball.consent.consent;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.Chains.Head;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class LedgerSql {
    // In the order of ids, so that two batches with the same customers never wait for each other. A row lock and not an
    // advisory one: a thousand of those a batch would fill the server's lock table.
    /* language=PostgreSQL */
    private static final String LOCK = """
            insert into consent_chain (customer_id, sequence)
            select c.customer_id, 0
            from (select distinct unnest($1::uuid[])) as c (customer_id)
            order by c.customer_id
            on conflict (customer_id) do update set sequence = consent_chain.sequence
            returning customer_id, sequence, encode(hash, 'hex') as hash
            """;

    /* language=PostgreSQL */
    private static final String STATES = """
            select customer_id, purpose, channel, type, state, record_id, stated_at, valid_until,
              encode(identifier_hash, 'hex') as identifier_hash, legacy_bundled
            from consent_state
            where customer_id = any($1::uuid[])
            order by customer_id, purpose, channel, type
            """;

    /* language=PostgreSQL */
    private static final String WITH_SOURCE =
            "select record_id from consent_event where record_id = any($1) and source = $2";

    /* language=PostgreSQL */
    private static final String EXPIRED = """
            select customer_id, purpose, channel, type, state, record_id, stated_at, valid_until,
              encode(identifier_hash, 'hex') as identifier_hash, legacy_bundled
            from consent_state
            where valid_until <= $1 and state in ('PENDING_CONFIRMATION', 'GIVEN')
            order by valid_until
            limit $2
            """;

    /* language=PostgreSQL */
    private static final String INSERT_EVENTS = """
            insert into consent_event (customer_id, sequence, record_id, type, purpose, channel, action, stated_at, recorded_at,
              document_id, document_version, document_sha256, source, form_id, ip, user_agent, request_id, checkbox_unticked,
              actor, recorded_by, message_id, previous_hash, hash, format, awaits_confirmation, refers_to, valid_until,
              identifier_hash, details, legacy_bundled, operator_since)
            select e.customer_id, e.sequence, e.record_id, e.type, e.purpose, e.channel, e.action, e.stated_at, e.recorded_at,
              e.document_id, e.document_version, decode(e.document_sha256, 'hex'), e.source, e.form_id, e.ip, e.user_agent,
              e.request_id, e.checkbox_unticked, e.actor, e.recorded_by, e.message_id, decode(e.previous_hash, 'hex'),
              decode(e.hash, 'hex'), $24, e.awaits_confirmation, e.refers_to, e.valid_until, decode(e.identifier_hash, 'hex'),
              e.details, e.legacy_bundled, e.operator_since
            from unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[],
              $9::timestamptz[], $10::uuid[], $11::int[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[],
              $17::text[], $18::boolean[], $19::text[], $20::text[], $21::uuid[], $22::text[], $23::text[], $25::boolean[],
              $26::uuid[], $27::timestamptz[], $28::text[], $29::text[], $30::boolean[],
              $31::timestamptz[])
              as e (customer_id, sequence, record_id, type, purpose, channel, action, stated_at, recorded_at, document_id,
                document_version, document_sha256, source, form_id, ip, user_agent, request_id, checkbox_unticked, actor,
                recorded_by, message_id, previous_hash, hash, awaits_confirmation, refers_to, valid_until, identifier_hash,
                details, legacy_bundled, operator_since)
            """;

    /* language=PostgreSQL */
    private static final String MOVE_HEADS = """
            update consent_chain c
            set sequence = h.sequence, hash = decode(h.hash, 'hex')
            from unnest($1::uuid[], $2::int[], $3::text[]) as h (customer_id, sequence, hash)
            where c.customer_id = h.customer_id
            """;

    /* language=PostgreSQL */
    private static final String MARK_ERASED =
            "update consent_chain set erased_at = $2 where customer_id = $1 and erased_at is null";

    /* language=PostgreSQL */
    private static final String PUT_STATES = """
            insert into consent_state (customer_id, purpose, channel, type, state, record_id, stated_at, valid_until,
              identifier_hash, legacy_bundled)
            select s.customer_id, s.purpose, s.channel, s.type, s.state, s.record_id, s.stated_at, s.valid_until,
              decode(s.identifier_hash, 'hex'), s.legacy_bundled
            from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::timestamptz[],
              $8::timestamptz[], $9::text[], $10::boolean[])
              as s (customer_id, purpose, channel, type, state, record_id, stated_at, valid_until, identifier_hash,
                legacy_bundled)
            on conflict (customer_id, purpose, channel, type) do update
            set state = excluded.state, record_id = excluded.record_id, stated_at = excluded.stated_at,
              valid_until = excluded.valid_until, identifier_hash = excluded.identifier_hash,
              legacy_bundled = excluded.legacy_bundled
            """;

    /* language=PostgreSQL */
    private static final String EVENT = """
            select customer_id, sequence, record_id, type, purpose, channel, action, stated_at, recorded_at, document_id,
              document_version, encode(document_sha256, 'hex') as document_sha256, source, form_id, ip, user_agent, request_id,
              checkbox_unticked, actor, recorded_by, message_id, encode(previous_hash, 'hex') as previous_hash,
              encode(hash, 'hex') as hash, format, awaits_confirmation, refers_to, valid_until,
              encode(identifier_hash, 'hex') as identifier_hash, details, legacy_bundled, operator_since
            from consent_event
            """;

    /* language=PostgreSQL */
    private static final String LIST = EVENT + "where customer_id = $1 and sequence > $2 order by sequence limit $3";

    /* language=PostgreSQL */
    private static final String OF_CUSTOMERS =
            EVENT + "where customer_id = any($1::uuid[]) order by customer_id, sequence";

    /* language=PostgreSQL */
    private static final String GET = EVENT + "where record_id = $1";

    Uni<List<Head>> lock(SqlConnection tx, Collection<UUID> customerIds) {
        return tx.preparedQuery(LOCK)
                .execute(Params.of((Object) customerIds.toArray(UUID[]::new)))
                .map(rows -> Rows.list(rows, LedgerRows::head));
    }

    /** Those of these records that came by this way. */
    Uni<Set<UUID>> withSource(SqlConnection tx, String source, List<UUID> recordIds) {
        return recordIds.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : tx.preparedQuery(WITH_SOURCE)
                        .execute(Params.of(recordIds.toArray(UUID[]::new), source))
                        .map(rows -> Set.copyOf(Rows.list(rows, row -> row.getUUID("record_id"))));
    }

    Uni<List<ConsentState>> states(SqlConnection tx, Collection<Statement> statements) {
        return states(tx, customers(statements));
    }

    Uni<List<ConsentState>> states(SqlClient client, UUID customerId) {
        return states(client, Params.of((Object) new UUID[] {customerId}));
    }

    Uni<List<ConsentState>> expired(SqlConnection tx, Instant now, int limit) {
        return tx.preparedQuery(EXPIRED)
                .execute(Params.of(now.atOffset(ZoneOffset.UTC), limit))
                .map(rows -> Rows.list(rows, LedgerRows::state));
    }

    Uni<Void> insertEvents(SqlConnection tx, List<ConsentEvent> events) {
        return tx.preparedQuery(INSERT_EVENTS).execute(columns(events)).replaceWithVoid();
    }

    Uni<Void> moveHeads(SqlConnection tx, List<Head> heads) {
        return tx.preparedQuery(MOVE_HEADS)
                .execute(Params.of(
                        Params.uuids(heads, Head::customerId),
                        Params.integers(heads, Head::sequence),
                        Params.texts(heads, Head::hash)))
                .replaceWithVoid();
    }

    Uni<Void> putStates(SqlConnection tx, List<ConsentState> states) {
        return tx.preparedQuery(PUT_STATES)
                .execute(Params.of(
                        Params.uuids(states, state -> state.key().customerId()),
                        Params.texts(states, state -> state.key().purpose()),
                        Params.texts(states, state -> state.key().channel().name()),
                        Params.texts(states, state -> state.key().type().name()),
                        Params.texts(states, state -> state.standing().name()),
                        Params.uuids(states, ConsentState::recordId),
                        times(states, ConsentState::at),
                        times(states, ConsentState::validUntil),
                        Params.texts(states, ConsentState::identifierHash),
                        booleans(states, ConsentState::legacyBundled)))
                .replaceWithVoid();
    }

    /** Of who never said anything there is no chain, and nothing to mark. */
    Uni<Void> markErased(SqlConnection tx, UUID customerId, Instant now) {
        return tx.preparedQuery(MARK_ERASED)
                .execute(Params.of(customerId, now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<List<ConsentEvent>> list(SqlClient client, UUID customerId, int afterSequence, int limit) {
        return client.preparedQuery(LIST)
                .execute(Params.of(customerId, afterSequence, limit))
                .map(rows -> Rows.list(rows, LedgerRows::event));
    }

    Uni<List<ConsentEvent>> events(SqlClient client, Tuple customers) {
        return client.preparedQuery(OF_CUSTOMERS).execute(customers).map(rows -> Rows.list(rows, LedgerRows::event));
    }

    Uni<List<ConsentState>> states(SqlClient client, Tuple customers) {
        return client.preparedQuery(STATES).execute(customers).map(rows -> Rows.list(rows, LedgerRows::state));
    }

    Uni<Optional<ConsentEvent>> get(SqlClient client, UUID recordId) {
        return client.preparedQuery(GET).execute(Params.of(recordId)).map(rows -> Rows.first(rows, LedgerRows::event));
    }

    private static Tuple customers(Collection<Statement> statements) {
        return Params.of(
                (Object) Params.uuids(statements, statement -> statement.key().customerId()));
    }

    private static Tuple columns(List<ConsentEvent> events) {
        return Params.of(
                Params.uuids(events, event -> event.key().customerId()),
                Params.integers(events, ConsentEvent::sequence),
                Params.uuids(events, ConsentEvent::recordId),
                Params.texts(events, event -> event.key().type().name()),
                Params.texts(events, event -> event.key().purpose()),
                Params.texts(events, event -> event.key().channel().name()),
                Params.texts(events, event -> event.action().name()),
                times(events, ConsentEvent::at),
                times(events, ConsentEvent::recordedAt),
                Params.uuids(events, event -> signed(event, SignedText::documentId)),
                Params.integers(events, event -> signed(event, SignedText::version)),
                Params.texts(events, event -> signed(event, SignedText::sha256)),
                Params.texts(events, event -> event.evidence().source()),
                Params.texts(events, event -> event.evidence().formId()),
                Params.texts(events, event -> event.evidence().ip()),
                Params.texts(events, event -> event.evidence().userAgent()),
                Params.texts(events, event -> event.evidence().requestId()),
                booleans(events, event -> event.evidence().checkboxUnticked()),
                Params.texts(events, event -> event.evidence().actor().name()),
                Params.texts(events, event -> event.evidence().recordedBy()),
                Params.uuids(events, event -> event.evidence().messageId()),
                Params.texts(events, ConsentEvent::previousHash),
                Params.texts(events, ConsentEvent::hash),
                EventHash.FORMAT,
                booleans(events, event -> event.terms().awaitsConfirmation()),
                Params.uuids(events, event -> event.terms().refersTo()),
                times(events, event -> event.terms().validUntil()),
                Params.texts(events, event -> event.terms().identifierHash()),
                Params.texts(events, event -> event.evidence().details()),
                booleans(events, event -> event.terms().legacyBundled()),
                times(events, ConsentEvent::operatorSince));
    }

    private static <T> @Nullable T signed(ConsentEvent event, Function<SignedText, T> field) {
        return event.signed() == null ? null : field.apply(event.signed());
    }

    private static <R> Boolean[] booleans(List<R> rows, Function<R, @Nullable Boolean> column) {
        return rows.stream().map(column).toArray(Boolean[]::new);
    }

    private static <R> OffsetDateTime[] times(List<R> rows, Function<R, @Nullable Instant> column) {
        return rows.stream()
                .map(column)
                .map(at -> at == null ? null : at.atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }
}
