package io.snowball.customer.deal;

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

/** Deals in SQL. */
@ApplicationScoped
class DealSql {
    // A held customer can't be merged into another or removed before the deal is written.
    /* language=PostgreSQL */
    private static final String CUSTOMER = """
            select c.id, c.blocked_at is not null as blocked
            from customer c
            where c.id = coalesce((select a.customer_id from customer_alias a where a.id = $1), $1)
            for key share
            """;

    /* language=PostgreSQL */
    private static final String CREATE = """
            insert into deal (id, customer_id, pipeline_id, stage_id, title, amount, manager_id, expected_close_on, source, created_at,
                              entered_at, due_at, version)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """;

    /* language=PostgreSQL */
    private static final String ENTER = """
            insert into deal_stay (deal_id, id, stage_id, entered_at, moved_by)
            select d.id, $2, d.stage_id, d.entered_at, $3 from deal d where d.id = $1
            """;

    /* language=PostgreSQL */
    private static final String LEAVE = "update deal_stay set left_at = $2 where deal_id = $1 and left_at is null";

    /* language=PostgreSQL */
    private static final String CHANGE = """
            update deal
            set title = $2, amount = $3, manager_id = $4, expected_close_on = $5, source = $6, version = version + 1
            where id = $1
            """;

    /* language=PostgreSQL */
    private static final String MOVE = """
            update deal
            set stage_id = $2, entered_at = $3, due_at = $4, closed_at = $5, loss_reason = $6, overdue_told = false,
                version = version + 1
            where id = $1
            """;

    /* language=PostgreSQL */
    private static final String TOUCH = "update deal set version = version + 1 where id = any($1)";

    /* language=PostgreSQL */
    private static final String DEAL = """
            select d.id, d.customer_id, d.pipeline_id, d.stage_id, s.kind as stage_kind, d.title, d.amount, d.manager_id,
                   d.expected_close_on, d.source, d.loss_reason, d.created_at, d.entered_at, d.closed_at, d.due_at, d.version
            from deal d
            join pipeline_stage s on s.id = d.stage_id
            """;

    private static final String GET = DEAL + "where d.id = $1";

    private static final String LOCK = GET + " for update of d";

    private static final String UNBLOCKED = DEAL + "join customer c on c.id = d.customer_id and c.blocked_at is null\n";

    /* language=PostgreSQL */
    private static final String STAYS = """
            select t.id, t.stage_id, s.name as stage_name, s.kind as stage_kind, t.entered_at, t.left_at, t.moved_by
            from deal_stay t
            join pipeline_stage s on s.id = t.stage_id
            where t.deal_id = $1 and ($2::uuid is null or t.id > $2)
            order by t.id
            limit $3
            """;

    /* language=PostgreSQL */
    private static final String ANNOUNCE = """
            insert into feed_event (subject, type, occurred_at, data)
            select d.customer_id, 'deal.changed', $2, jsonb_strip_nulls(jsonb_build_object(
              'dealId', d.id,
              'customerId', d.customer_id,
              'pipelineId', d.pipeline_id,
              'stageId', d.stage_id,
              'stageKind', s.kind,
              'managerId', d.manager_id,
              'amount', d.amount,
              'expectedCloseOn', d.expected_close_on,
              'lossReason', d.loss_reason,
              'enteredAt', d.entered_at,
              'version', d.version))
            from deal d
            join pipeline_stage s on s.id = d.stage_id
            where d.id = any($1)
            """;

    // In bites, and past those that somebody is moving: they are not late any more, or come next time. Nothing is told
    // of
    // who is blocked; it is once that ends.
    /* language=PostgreSQL */
    private static final String TELL_OVERDUE = """
            with late as (
              select d.id
              from deal d
              join customer c on c.id = d.customer_id and c.blocked_at is null
              where d.due_at <= $1 and not d.overdue_told
              order by d.due_at
              limit $2
              for update of d skip locked
            ), told as (
              update deal d
              set overdue_told = true
              from late l
              where d.id = l.id
              returning d.id, d.customer_id, d.pipeline_id, d.stage_id, d.manager_id, d.entered_at, d.due_at, d.version
            )
            insert into feed_event (subject, type, occurred_at, data)
            select t.customer_id, 'deal.overdue', $1, jsonb_strip_nulls(jsonb_build_object(
              'dealId', t.id,
              'customerId', t.customer_id,
              'pipelineId', t.pipeline_id,
              'stageId', t.stage_id,
              'managerId', t.manager_id,
              'enteredAt', t.entered_at,
              'dueAt', t.due_at,
              'version', t.version))
            from told t
            """;

    record Held(UUID id, boolean blocked) {}

    Uni<Optional<Held>> customer(SqlConnection tx, UUID id) {
        return tx.preparedQuery(CUSTOMER)
                .execute(Params.of(id))
                .map(rows -> Rows.first(rows, row -> new Held(row.getUUID("id"), row.getBoolean("blocked"))));
    }

    Uni<Void> create(SqlConnection tx, Deal deal, UUID stayId, String by) {
        Deal.Terms terms = deal.terms();
        return tx.preparedQuery(CREATE)
                .execute(Params.of(
                        deal.id(),
                        deal.customerId(),
                        deal.pipelineId(),
                        deal.stageId(),
                        terms.title(),
                        terms.amount(),
                        terms.managerId(),
                        terms.expectedCloseOn(),
                        terms.source(),
                        at(deal.createdAt()),
                        at(deal.enteredAt()),
                        at(deal.dueAt()),
                        deal.version()))
                .chain(() -> tx.preparedQuery(ENTER).execute(Params.of(deal.id(), stayId, by)))
                .replaceWithVoid();
    }

    Uni<Void> change(SqlConnection tx, UUID id, Deal.Terms terms) {
        return tx.preparedQuery(CHANGE)
                .execute(Params.of(
                        id, terms.title(), terms.amount(), terms.managerId(), terms.expectedCloseOn(), terms.source()))
                .replaceWithVoid();
    }

    /** @param moved the deal as it is to be */
    Uni<Void> move(SqlConnection tx, Deal moved, UUID stayId, String by) {
        return tx.preparedQuery(MOVE)
                .execute(Params.of(
                        moved.id(),
                        moved.stageId(),
                        at(moved.enteredAt()),
                        at(moved.dueAt()),
                        at(moved.closedAt()),
                        moved.lossReason()))
                .chain(() -> tx.preparedQuery(LEAVE).execute(Params.of(moved.id(), at(moved.enteredAt()))))
                .chain(() -> tx.preparedQuery(ENTER).execute(Params.of(moved.id(), stayId, by)))
                .replaceWithVoid();
    }

    Uni<Void> touch(SqlConnection tx, Collection<UUID> ids) {
        return tx.preparedQuery(TOUCH)
                .execute(Params.of((Object) ids.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    Uni<Optional<Deal>> find(SqlClient client, UUID id) {
        return client.preparedQuery(GET).execute(Params.of(id)).map(rows -> Rows.first(rows, Deal::of));
    }

    Uni<Optional<Deal>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK).execute(Params.of(id)).map(rows -> Rows.first(rows, Deal::of));
    }

    /** Newest first. The statement has just the conditions that are asked for, so that each finds its index. */
    Uni<List<Deal>> page(SqlClient client, DealFilter filter, Instant now, @Nullable UUID before, int limit) {
        Tuple values = Tuple.tuple();
        StringBuilder sql = new StringBuilder(UNBLOCKED).append("where true\n");
        and(sql, values, "d.pipeline_id = ", filter.pipelineId());
        and(sql, values, "d.stage_id = ", filter.stageId());
        and(sql, values, "d.customer_id = ", filter.customerId());
        and(sql, values, "d.manager_id = ", filter.managerId());
        and(sql, values, "d.due_at <= ", filter.overdue() ? at(now) : null);
        and(sql, values, "d.id < ", before);
        values.addInteger(limit);
        sql.append("order by d.id desc\nlimit $").append(values.size());
        return client.preparedQuery(sql.toString()).execute(values).map(rows -> Rows.list(rows, Deal::of));
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

    Uni<List<Deal.Stay>> stays(SqlClient client, UUID dealId, @Nullable UUID after, int limit) {
        return client.preparedQuery(STAYS)
                .execute(Params.of(dealId, after, limit))
                .map(rows -> Rows.list(rows, Deal.Stay::of));
    }

    Uni<Void> announce(SqlConnection tx, Collection<UUID> ids, Instant now) {
        return tx.preparedQuery(ANNOUNCE)
                .execute(Params.of(ids.toArray(UUID[]::new), at(now)))
                .replaceWithVoid();
    }

    /** @return how many were told of */
    Uni<Integer> tellOverdue(SqlClient client, Instant now, int limit) {
        return client.preparedQuery(TELL_OVERDUE)
                .execute(Params.of(at(now), limit))
                .map(rows -> rows.rowCount());
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
