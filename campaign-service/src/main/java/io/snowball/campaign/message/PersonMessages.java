package io.snowball.campaign.message;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.message.MergedPair.Change;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** What becomes of messages when their customers are merged, taken apart, erased or stopped. */
@ApplicationScoped
public class PersonMessages {
    // First of all: what waits in parcels becomes rows, so that all else needs not know of them.
    /* language=PostgreSQL */
    private static final String UNPACK = "select unpack_messages($1)";

    // In the order of ids, as all that lock messages do.
    /* language=PostgreSQL */
    private static final String PAIRS = """
            select s.id as stays_id, s.state as stays_state, s.control as stays_control,
              m.id as merged_id, m.state as merged_state, m.control as merged_control
            from message m
            join message s on s.campaign_id = m.campaign_id and s.customer_id = $2
            where m.customer_id = $1
            order by m.id
            for update
            """;

    // A message that was refused only because we had not heard of the merge yet goes on, if its campaign does.
    /* language=PostgreSQL */
    private static final String MOVE = """
            with moved as (
              update message m
              set customer_id = $3,
                state = case when m.reason = 'MERGED' and m.state = 'SUPPRESSED' and c.completed_at is null then 'DUE' else m.state end,
                reason = case when m.reason = 'MERGED' and m.state = 'SUPPRESSED' and c.completed_at is null then null else m.reason end
              from campaign c
              where m.customer_id = $2 and c.id = m.campaign_id
                and not exists (select from message s where s.customer_id = $3 and s.campaign_id = m.campaign_id)
              returning m.id, m.state, m.reason, m.control)
            insert into message_move (merge_id, message_id, customer_id, state, reason, control)
            select $1, id, $2, state, reason, control from moved
            """;

    /* language=PostgreSQL */
    private static final String NOTE = """
            insert into message_move (merge_id, message_id, customer_id, state, reason, control)
            select $1, m.id, m.customer_id, m.state, m.reason, m.control
            from message m
            where m.id = any($2)
            """;

    // To nobody for the time being: of two that change places the unique key would see one twice.
    /* language=PostgreSQL */
    private static final String LET_GO = "update message set customer_id = gen_random_uuid() where id = any($1)";

    /* language=PostgreSQL */
    private static final String CHANGE = """
            update message m
            set customer_id = x.customer_id, control = x.control,
              state = case when x.over then 'CANCELLED' else m.state end,
              reason = case when x.over then 'MERGED' else m.reason end,
              settled_at = case when x.over then $5::timestamptz else m.settled_at end
            from unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::boolean[]) as x (id, customer_id, control, over)
            where m.id = x.id
            """;

    /* language=PostgreSQL */
    private static final String MOVED = "select message_id from message_move where merge_id = $1 order by message_id";

    /* language=PostgreSQL */
    private static final String UNDO = """
            with undone as (
              delete from message_move where merge_id = $1 returning message_id, customer_id, state, reason, control)
            update message m
            set customer_id = u.customer_id,
              control = case when x.again or m.state = 'DUE' then u.control else m.control end,
              state = case when x.again then u.state else m.state end,
              reason = case when x.again then u.reason else m.reason end,
              settled_at = case when x.again and u.state = 'DUE' then null else m.settled_at end
            from undone u
            cross join lateral (
              select o.state = 'CANCELLED' and o.reason = 'MERGED' and (u.state <> 'DUE' or c.completed_at is null) as again
              from message o
              join campaign c on c.id = o.campaign_id
              where o.id = u.message_id) x
            where m.id = u.message_id
            """;

    /* language=PostgreSQL */
    private static final String ERASE = """
            with theirs as (
              update message
              set customer_id = $2,
                state = case when state = 'DUE' then 'CANCELLED' else state end,
                reason = case when state = 'DUE' then 'ERASED' else reason end,
                settled_at = case when state = 'DUE' then $3::timestamptz else settled_at end
              where customer_id = $1
              returning id),
            moves as (
              delete from message_move where customer_id = $1 or message_id in (select id from theirs))
            delete from message_event where message_id in (select id from theirs)
            """;

    // What no provider delivers to anybody is over for every class of messages, the rest for advertising.
    /* language=PostgreSQL */
    private static final String STOP = """
            update message m
            set state = 'SUPPRESSED', reason = x.reason, decided_at = $4, settled_at = $4
            from unnest($1::uuid[], $2::text[], $3::text[]) as x (customer_id, channel, reason), campaign c
            where m.customer_id = x.customer_id and m.state = 'DUE'
              and c.id = m.campaign_id and x.channel in ('ANY', c.channel)
              and (c.message_class = 'ADVERTISING' or x.reason in ('OPERATOR_REFUSAL', 'NUMBER_REISSUED', 'DESTROYED'))
            """;

    private final Clock clock;

    PersonMessages(Clock clock) {
        this.clock = clock;
    }

    public record Merge(UUID id, UUID intoId, UUID customerId) {}

    /** @param reason as consent-service names it */
    public record Stopped(UUID customerId, String channel, String reason) {
        public static final String ANY_CHANNEL = "ANY";
        public static final String DESTROYED = "DESTROYED";

        /** Ends by itself, so what waits goes on waiting. */
        private static final String BLOCKED = "BLOCKED";
    }

    public Uni<Void> merge(SqlConnection tx, Merge merge) {
        return unpack(tx, merge.customerId(), merge.intoId())
                .chain(() -> tx.preparedQuery(PAIRS).execute(Params.of(merge.customerId(), merge.intoId())))
                .map(rows -> Rows.list(rows, MergedPair::of))
                .chain(pairs -> pairs.isEmpty() ? Uni.createFrom().voidItem() : settle(tx, merge, pairs))
                .chain(() -> tx.preparedQuery(MOVE).execute(Params.of(merge.id(), merge.customerId(), merge.intoId())))
                .replaceWithVoid();
    }

    private Uni<Void> settle(SqlConnection tx, Merge merge, List<MergedPair> pairs) {
        List<Change> changes =
                pairs.stream().flatMap(pair -> pair.changes(merge).stream()).toList();
        UUID[] ids = Params.uuids(changes, Change::messageId);
        return tx.preparedQuery(NOTE)
                .execute(Params.of(merge.id(), ids))
                .chain(() -> tx.preparedQuery(LET_GO).execute(Params.of((Object) ids)))
                .chain(() -> tx.preparedQuery(CHANGE)
                        .execute(Params.of(
                                ids,
                                Params.uuids(changes, Change::customerId),
                                changes.stream().map(Change::control).toArray(Boolean[]::new),
                                changes.stream().map(Change::over).toArray(Boolean[]::new),
                                OffsetDateTime.now(clock))))
                .replaceWithVoid();
    }

    /** What is out is out; what waited, and waits no longer only because of the merge, waits again. */
    public Uni<Void> unmerge(SqlConnection tx, UUID mergeId) {
        return tx.preparedQuery(MOVED)
                .execute(Params.of(mergeId))
                .map(rows -> Rows.list(rows, row -> row.getUUID("message_id")))
                .chain(ids -> ids.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : tx.preparedQuery(LET_GO)
                                .execute(Params.of((Object) ids.toArray(UUID[]::new)))
                                .chain(() -> tx.preparedQuery(UNDO).execute(Params.of(mergeId)))
                                .replaceWithVoid());
    }

    /** @param nobody whom their messages belong to now: figures stay, and nothing is found under the old id */
    public Uni<Void> erase(SqlConnection tx, UUID customerId, UUID nobody) {
        return unpack(tx, customerId)
                .chain(() -> tx.preparedQuery(ERASE).execute(Params.of(customerId, nobody, OffsetDateTime.now(clock))))
                .replaceWithVoid();
    }

    public Uni<Void> stop(SqlConnection tx, List<Stopped> all) {
        List<Stopped> stopped = all.stream()
                .filter(one -> !one.reason().equals(Stopped.BLOCKED))
                .toList();
        return stopped.isEmpty()
                ? Uni.createFrom().voidItem()
                : unpack(tx, Params.uuids(stopped, Stopped::customerId))
                        .chain(() -> tx.preparedQuery(STOP)
                                .execute(Params.of(
                                        Params.uuids(stopped, Stopped::customerId),
                                        Params.texts(stopped, Stopped::channel),
                                        Params.texts(stopped, Stopped::reason),
                                        OffsetDateTime.now(clock))))
                        .replaceWithVoid();
    }

    private static Uni<Void> unpack(SqlConnection tx, UUID... customers) {
        return tx.preparedQuery(UNPACK).execute(Params.of((Object) customers)).replaceWithVoid();
    }
}
