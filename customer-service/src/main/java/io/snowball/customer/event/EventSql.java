package io.snowball.customer.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.event.EventApi.EventCount;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Events in SQL. One statement writes a whole batch with its feed rows. */
@ApplicationScoped
class EventSql {
    // Held customers can't be merged into others or removed before the commit. Siblings are told of a customer's events
    // only: what an unknown visitor did is told when the visitor logs in.
    /* language=PostgreSQL */
    private static final String WRITE = """
            with sent as materialized (
              select s.n, s.id, s.external_id, s.type, s.occurred_at, s.visitor_id, s.facts::jsonb as facts, s.texts::jsonb as texts,
                     case
                       when s.customer_id is not null then coalesce(
                         (select a.customer_id from customer_alias a where a.id = s.customer_id), s.customer_id)
                       when s.customer_external_id is not null then (
                         select i.customer_id from identity i
                         where i.kind = 'EXTERNAL_ID' and i.key = s.customer_external_id and i.system = '')
                       else (
                         select i.customer_id from identity i
                         where i.kind = 'COOKIE' and i.key = s.visitor_id::text and i.system = '') end as customer_id,
                     s.customer_id is null and s.customer_external_id is null as anonymous
              from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::uuid[], $7::text[], $8::uuid[],
                          $9::text[], $10::text[])
                as s (n, id, external_id, type, occurred_at, customer_id, customer_external_id, visitor_id, facts, texts)
            ), held as materialized (
              select c.id
              from customer c
              where c.id in (select s.customer_id from sent s)
              for key share
            ), written as (
              insert into event (id, external_id, type, occurred_at, customer_id, visitor_id, facts, texts, recorded_at)
              select s.id, s.external_id, s.type, s.occurred_at, s.customer_id, s.visitor_id, s.facts, s.texts, $11
              from sent s
              where (s.customer_id in (select h.id from held h)) is true or (s.customer_id is null and s.anonymous)
              on conflict do nothing
              returning id, customer_id, type, occurred_at, facts
            ), announced as (
              insert into feed_event (subject, type, occurred_at, data)
              select w.customer_id, 'event.recorded', $11, jsonb_build_object(
                'eventId', w.id, 'customerId', w.customer_id, 'type', w.type, 'occurredAt', w.occurred_at, 'properties', w.facts)
              from written w
              where w.customer_id is not null
            )
            select s.n, (s.id in (select w.id from written w)) is true as written, s.customer_id is null and not s.anonymous as nobody,
                   s.customer_id is not null and (s.customer_id in (select h.id from held h)) is not true as gone
            from sent s
            """;

    /* language=PostgreSQL */
    private static final String CUSTOMER = """
            select c.id
            from customer c
            where c.id = coalesce(
              (select a.customer_id from customer_alias a where a.id = $1),
              $1)
            """;

    // The latest ones only, so that a forged visitor with millions of events makes no long transaction.
    /* language=PostgreSQL */
    private static final String CLAIM = """
            with anonymous as (
              select e.external_id, e.occurred_at
              from event e
              where e.visitor_id = $1 and e.customer_id is null
              order by e.occurred_at desc
              limit 10000
            ), claimed as (
              update event e
              set customer_id = $2
              from anonymous a
              where e.external_id = a.external_id and e.occurred_at = a.occurred_at
              returning e.id, e.customer_id, e.type, e.occurred_at, e.facts
            ), announced as (
              insert into feed_event (subject, type, occurred_at, data)
              select c.customer_id, 'event.recorded', $3, jsonb_build_object(
                'eventId', c.id, 'customerId', c.customer_id, 'type', c.type, 'occurredAt', c.occurred_at, 'properties', c.facts)
              from claimed c
            )
            select count(*)::int as linked from claimed
            """;

    /* language=PostgreSQL */
    private static final String PAGE = """
            select id, type, occurred_at, facts::text as facts, texts::text as texts
            from event
            where customer_id = $1
              and ($2::timestamptz is null or (occurred_at, id) < ($2, $3::uuid))
            order by occurred_at desc, id desc
            limit $4
            """;

    /* language=PostgreSQL */
    private static final String COUNTS = """
            select e.type, count(*) as events, max(e.occurred_at) as last_at
            from event e
            where e.customer_id = $1 and e.occurred_at >= $2 and e.occurred_at <= $3
            group by e.type
            order by e.type
            limit 1000
            """;

    private final ObjectMapper json;

    EventSql(ObjectMapper json) {
        this.json = json;
    }

    /**
     * @param nobody there is no such customer
     * @param gone there is none of this id; perhaps was merged into another between the look-up and the write
     */
    record Written(int n, boolean written, boolean nobody, boolean gone) {}

    record Stored(UUID id, String type, Instant occurredAt, ObjectNode facts, ObjectNode texts) {}

    Uni<List<Written>> write(SqlConnection tx, List<EventDraft> events, Instant now) {
        return tx.preparedQuery(WRITE)
                .execute(Params.of(
                        IntStream.range(0, events.size()).boxed().toArray(Integer[]::new),
                        Params.uuids(events, _ -> Ids.next()),
                        Params.texts(events, EventDraft::externalId),
                        Params.texts(events, EventDraft::type),
                        events.stream()
                                .map(event -> event.occurredAt().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new),
                        Params.uuids(events, EventDraft::customerId),
                        Params.texts(events, EventDraft::customerExternalId),
                        Params.uuids(events, EventDraft::visitorId),
                        Params.texts(events, event -> event.properties().facts().toString()),
                        Params.texts(events, event -> event.properties().texts().toString()),
                        now.atOffset(ZoneOffset.UTC)))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Written(
                                row.getInteger("n"),
                                row.getBoolean("written"),
                                row.getBoolean("nobody"),
                                row.getBoolean("gone"))));
    }

    Uni<Optional<UUID>> customer(SqlClient client, UUID id) {
        return client.preparedQuery(CUSTOMER)
                .execute(Params.of(id))
                .map(rows -> Rows.first(rows, row -> row.getUUID("id")));
    }

    /** @return how many events were nobody's until now */
    Uni<Integer> claim(SqlConnection tx, UUID visitorId, UUID customerId, Instant now) {
        return tx.preparedQuery(CLAIM)
                .execute(Params.of(visitorId, customerId, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next().getInteger("linked"));
    }

    Uni<List<Stored>> page(
            SqlClient client, UUID customerId, @Nullable Instant beforeTime, @Nullable UUID beforeId, int limit) {
        return client.preparedQuery(PAGE)
                .execute(Params.of(
                        customerId, beforeTime == null ? null : beforeTime.atOffset(ZoneOffset.UTC), beforeId, limit))
                .map(rows -> Rows.list(rows, this::stored));
    }

    Uni<List<EventCount>> counts(SqlClient client, UUID customerId, Instant from, Instant to) {
        return client.preparedQuery(COUNTS)
                .execute(Params.of(customerId, from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC)))
                .map(rows -> Rows.list(
                        rows,
                        row -> new EventCount(
                                row.getString("type"),
                                row.getLong("events"),
                                row.getOffsetDateTime("last_at").toInstant())));
    }

    private Stored stored(Row row) {
        return new Stored(
                row.getUUID("id"),
                row.getString("type"),
                row.getOffsetDateTime("occurred_at").toInstant(),
                object(row.getString("facts")),
                object(row.getString("texts")));
    }

    private ObjectNode object(String text) {
        try {
            return (ObjectNode) json.readTree(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
