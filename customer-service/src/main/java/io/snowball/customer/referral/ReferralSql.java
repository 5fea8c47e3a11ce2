package io.snowball.customer.referral;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.referral.Referral.State;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Codes and invitations in SQL. */
@ApplicationScoped
class ReferralSql {
    // A circle of three can be closed by three who ask at once; invitations are rare enough to take turns.
    /* language=PostgreSQL */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('referrals'))";

    /* language=PostgreSQL */
    private static final String ADD_CODE =
            "insert into referral_code (id, code, customer_id, created_at) values ($1, $2, $3, $4)";

    /* language=PostgreSQL */
    private static final String CODES = """
            select code, customer_id, created_at
            from referral_code
            where customer_id = $1
            order by id
            limit 100
            """;

    /* language=PostgreSQL */
    private static final String FIND_CODE = "select code, customer_id, created_at from referral_code where code = $1";

    /* language=PostgreSQL */
    private static final String INVITE = """
            insert into referral (id, code, customer_id, state, created_at) values ($1, $2, $3, 'PENDING', $4)
            """;

    // What speaks against an invitation: the invited one bought or was invited before, or stands in the line of those
    // who invited
    // the inviter.
    /* language=PostgreSQL */
    private static final String OBJECTIONS = """
            with recursive line as (
              select $1::uuid as customer_id
              union
              select c.customer_id
              from line l
              join referral r on r.customer_id = l.customer_id and r.state <> 'VOID'
              join referral_code c on c.code = r.code
            )
            select exists (select from referral r where r.customer_id = $2 and r.state <> 'VOID') as invited,
                   exists (select from orders o where o.customer_id = $2 and o.state in ('PAID', 'PARTLY_RETURNED')) as bought,
                   exists (select from line l where l.customer_id = $2) as circle
            """;

    /* language=PostgreSQL */
    private static final String REFERRAL = """
            select r.id, r.code, r.customer_id, c.customer_id as inviter_id, r.state, r.order_id, r.created_at
            from referral r
            join referral_code c on c.code = r.code
            """;

    private static final String GET = REFERRAL + "where r.id = $1";

    private static final String PAGE = REFERRAL + """
            where c.customer_id = $1 and ($2::uuid is null or r.id < $2)
            order by r.id desc
            limit $3
            """;

    // Waiting for a first order, or rewarded for one of these.
    private static final String OF_ORDERS = REFERRAL + """
            where (r.customer_id = any($1) and r.state = 'PENDING') or (r.order_id = any($2) and r.customer_id = any($1))
            order by r.id
            """;

    /* language=PostgreSQL */
    private static final String SETTLE = """
            update referral r
            set state = s.state, order_id = s.order_id, version = version + 1
            from unnest($1::uuid[], $2::text[], $3::uuid[]) as s (id, state, order_id)
            where r.id = s.id
            """;

    /* language=PostgreSQL */
    private static final String ANNOUNCE = """
            insert into feed_event (subject, type, occurred_at, data)
            select c.customer_id, 'referral.changed', $2, jsonb_strip_nulls(jsonb_build_object(
              'referralId', r.id,
              'customerId', c.customer_id,
              'invitedId', r.customer_id,
              'state', r.state,
              'orderId', r.order_id,
              'invitedAt', to_char(r.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
              'at', to_char($2 at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
              'version', r.version))
            from referral r
            join referral_code c on c.code = r.code
            where r.id = any($1)
            order by r.id
            """;

    record Code(String code, UUID customerId, Instant createdAt) {}

    record Objections(boolean invited, boolean bought, boolean circle) {}

    Uni<Void> lock(SqlConnection tx) {
        return tx.query(LOCK).execute().replaceWithVoid();
    }

    Uni<Void> addCode(SqlConnection tx, UUID id, Code code) {
        return tx.preparedQuery(ADD_CODE)
                .execute(Params.of(
                        id, code.code(), code.customerId(), code.createdAt().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<List<Code>> codes(SqlClient client, UUID customer) {
        return client.preparedQuery(CODES).execute(Params.of(customer)).map(rows -> Rows.list(rows, ReferralSql::code));
    }

    Uni<Optional<Code>> find(SqlClient client, String code) {
        return client.preparedQuery(FIND_CODE)
                .execute(Params.of(code))
                .map(rows -> Rows.first(rows, ReferralSql::code));
    }

    Uni<Objections> objections(SqlConnection tx, UUID inviter, UUID invited) {
        return tx.preparedQuery(OBJECTIONS).execute(Params.of(inviter, invited)).map(rows -> {
            Row row = rows.iterator().next();
            return new Objections(row.getBoolean("invited"), row.getBoolean("bought"), row.getBoolean("circle"));
        });
    }

    Uni<Void> invite(SqlConnection tx, Referral referral) {
        return tx.preparedQuery(INVITE)
                .execute(Params.of(
                        referral.id(),
                        referral.code(),
                        referral.invitedId(),
                        referral.createdAt().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<Optional<Referral>> get(SqlClient client, UUID id) {
        return client.preparedQuery(GET).execute(Params.of(id)).map(rows -> Rows.first(rows, ReferralSql::referral));
    }

    Uni<List<Referral>> page(SqlClient client, UUID inviter, @Nullable UUID before, int limit) {
        return client.preparedQuery(PAGE)
                .execute(Params.of(inviter, before, limit))
                .map(rows -> Rows.list(rows, ReferralSql::referral));
    }

    Uni<List<Referral>> ofOrders(SqlConnection tx, Collection<UUID> customers, Collection<UUID> orders) {
        return tx.preparedQuery(OF_ORDERS)
                .execute(Params.of(customers.toArray(UUID[]::new), orders.toArray(UUID[]::new)))
                .map(rows -> Rows.list(rows, ReferralSql::referral));
    }

    Uni<Void> settle(SqlConnection tx, List<Referral> settled) {
        return settled.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(SETTLE)
                        .execute(Params.of(
                                Params.uuids(settled, Referral::id),
                                Params.texts(settled, each -> each.state().name()),
                                Params.uuids(settled, Referral::orderId)))
                        .replaceWithVoid();
    }

    /** As they are now, by the transaction that made them so. */
    Uni<Void> announce(SqlConnection tx, List<Referral> changed, Instant now) {
        return changed.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(ANNOUNCE)
                        .execute(Params.of(Params.uuids(changed, Referral::id), now.atOffset(ZoneOffset.UTC)))
                        .replaceWithVoid();
    }

    private static Code code(Row row) {
        return new Code(
                row.getString("code"),
                row.getUUID("customer_id"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static Referral referral(Row row) {
        return new Referral(
                row.getUUID("id"),
                row.getString("code"),
                row.getUUID("customer_id"),
                row.getUUID("inviter_id"),
                State.valueOf(row.getString("state")),
                row.getUUID("order_id"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
