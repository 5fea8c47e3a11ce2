package io.snowball.customer.appointment;

import io.smallrye.mutiny.Uni;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Appointments in SQL. */
@ApplicationScoped
class AppointmentSql {
    // A held customer can't be merged into another or removed before the appointment is written.
    /* language=PostgreSQL */
    private static final String CUSTOMER = """
            select c.id, c.blocked_at is not null as blocked
            from customer c
            where c.id = coalesce((select a.customer_id from customer_alias a where a.id = $1), $1)
            for key share
            """;

    // Written anew or over: whose it is, and when it was made, stays.
    /* language=PostgreSQL */
    private static final String STORE = """
            insert into appointment (id, customer_id, deal_id, participant, manager_id, title, starts_at, ends_at, time_zone, address,
                                     link, state, created_at, version)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            on conflict (id) do update set
              deal_id = excluded.deal_id,
              participant = excluded.participant,
              manager_id = excluded.manager_id,
              title = excluded.title,
              starts_at = excluded.starts_at,
              ends_at = excluded.ends_at,
              time_zone = excluded.time_zone,
              address = excluded.address,
              link = excluded.link,
              state = excluded.state,
              version = excluded.version
            """;

    /* language=PostgreSQL */
    private static final String IS_DEAL_OF =
            "select d.id from deal d where d.id = $1 and d.customer_id = $2 for key share";

    /* language=PostgreSQL */
    private static final String APPOINTMENT = """
            select a.id, a.customer_id, a.deal_id, a.participant, a.manager_id, a.title, a.starts_at, a.ends_at, a.time_zone, a.address,
                   a.link, a.state, a.created_at, a.version
            from appointment a
            """;

    private static final String GET = APPOINTMENT + "where a.id = $1";

    private static final String LOCK = GET + " for update";

    private static final String UNBLOCKED =
            APPOINTMENT + "join customer c on c.id = a.customer_id and c.blocked_at is null\n";

    private static final String PLACES =
            UNBLOCKED + "where a.id = any($1) and a.state in ('PLANNED', 'CONFIRMED')\nlimit 1000";

    /* language=PostgreSQL */
    private static final String TOUCH = "update appointment set version = version + 1 where id = any($1)";

    /* language=PostgreSQL */
    private static final String ANNOUNCE = """
            insert into feed_event (subject, type, occurred_at, data)
            select a.customer_id, 'appointment.changed', $2, jsonb_strip_nulls(jsonb_build_object(
              'appointmentId', a.id,
              'customerId', a.customer_id,
              'dealId', a.deal_id,
              'participant', a.participant,
              'managerId', a.manager_id,
              'startsAt', a.starts_at,
              'endsAt', a.ends_at,
              'timeZone', a.time_zone,
              'state', a.state,
              'hasAddress', a.address is not null,
              'hasLink', a.link is not null,
              'version', a.version))
            from appointment a
            where a.id = any($1)
            """;

    record Held(UUID id, boolean blocked) {}

    record Filter(
            @Nullable UUID customerId,
            @Nullable UUID dealId,
            @Nullable String managerId,
            @Nullable AppointmentState state,
            @Nullable Instant from,
            @Nullable Instant to) {
        Object[] query() {
            return new Object[] {
                "appointments", customerId, dealId, managerId, state == null ? null : state.name(), from, to
            };
        }
    }

    record Place(Instant startsAt, UUID id) {}

    Uni<Optional<Held>> customer(SqlConnection tx, UUID id) {
        return tx.preparedQuery(CUSTOMER)
                .execute(Params.of(id))
                .map(rows -> Rows.first(rows, row -> new Held(row.getUUID("id"), row.getBoolean("blocked"))));
    }

    Uni<Boolean> isDealOf(SqlConnection tx, UUID dealId, UUID customerId) {
        return tx.preparedQuery(IS_DEAL_OF)
                .execute(Params.of(dealId, customerId))
                .map(rows -> rows.size() == 1);
    }

    Uni<Void> store(SqlConnection tx, Appointment appointment) {
        Appointment.Details details = appointment.details();
        return tx.preparedQuery(STORE)
                .execute(Params.of(
                        appointment.id(),
                        appointment.customerId(),
                        details.dealId(),
                        details.participant().name(),
                        details.managerId(),
                        details.title(),
                        at(details.startsAt()),
                        at(details.endsAt()),
                        details.timeZone(),
                        details.address(),
                        details.link(),
                        appointment.state().name(),
                        at(appointment.createdAt()),
                        appointment.version()))
                .replaceWithVoid();
    }

    Uni<Optional<Appointment>> find(SqlClient client, UUID id) {
        return client.preparedQuery(GET).execute(Params.of(id)).map(rows -> Rows.first(rows, Appointment::of));
    }

    Uni<Optional<Appointment>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK).execute(Params.of(id)).map(rows -> Rows.first(rows, Appointment::of));
    }

    /** By time. The statement has just the conditions that are asked for, so that each finds its index. */
    Uni<List<Appointment>> page(SqlClient client, Filter filter, @Nullable Place after, int limit) {
        Tuple values = Tuple.tuple();
        StringBuilder sql = new StringBuilder(UNBLOCKED).append("where true\n");
        and(sql, values, "a.customer_id = ", filter.customerId());
        and(sql, values, "a.deal_id = ", filter.dealId());
        and(sql, values, "a.manager_id = ", filter.managerId());
        and(
                sql,
                values,
                "a.state = ",
                filter.state() == null ? null : filter.state().name());
        and(sql, values, "a.starts_at >= ", at(filter.from()));
        and(sql, values, "a.starts_at < ", at(filter.to()));
        if (after != null) {
            values.addValue(at(after.startsAt())).addValue(after.id());
            sql.append("and (a.starts_at, a.id) > ($%d, $%d)\n".formatted(values.size() - 1, values.size()));
        }
        values.addInteger(limit);
        sql.append("order by a.starts_at, a.id\nlimit $").append(values.size());
        return client.preparedQuery(sql.toString()).execute(values).map(rows -> Rows.list(rows, Appointment::of));
    }

    private static void and(StringBuilder sql, Tuple values, String condition, @Nullable Object value) {
        if (value != null) {
            values.addValue(value);
            sql.append("and ")
                    .append(condition)
                    .append('$')
                    .append(values.size())
                    .append('\n');
        }
    }

    Uni<List<Appointment>> places(SqlClient client, Collection<UUID> ids) {
        return client.preparedQuery(PLACES)
                .execute(Params.of((Object) ids.toArray(UUID[]::new)))
                .map(rows -> Rows.list(rows, Appointment::of));
    }

    Uni<Void> touch(SqlConnection tx, Collection<UUID> ids) {
        return tx.preparedQuery(TOUCH)
                .execute(Params.of((Object) ids.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    Uni<Void> announce(SqlConnection tx, Collection<UUID> ids, Instant now) {
        return tx.preparedQuery(ANNOUNCE)
                .execute(Params.of(ids.toArray(UUID[]::new), at(now)))
                .replaceWithVoid();
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
