package io.snowball.customer.identity;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Identities that go over in a merge, and back. What went over is written down, so that it is this that goes back. */
@ApplicationScoped
public class IdentityMoves {
    /* language=PostgreSQL */
    private static final String NOTE = """
            insert into merge_identity (merge_id, kind, system, key, value, main, added_at, moved)
            select $1, i.kind, i.system, i.key, i.value, i.main, i.added_at, not exists (
              select from identity s
              where s.customer_id = $3 and s.kind = i.kind and s.system = i.system and s.key = i.key)
            from identity i
            where i.customer_id = $2
            """;

    /* language=PostgreSQL */
    private static final String LEAVE = "delete from identity where customer_id = $1";

    /* language=PostgreSQL */
    private static final String ARRIVE = """
            insert into identity (customer_id, kind, system, key, value, added_at, main)
            select $2, m.kind, m.system, m.key, m.value, m.added_at, m.main and not exists (
              select from identity s where s.customer_id = $2 and s.kind = m.kind and s.main)
            from merge_identity m
            where m.merge_id = $1 and m.moved
            """;

    /* language=PostgreSQL */
    private static final String GIVE_UP = """
            delete from identity i
            using merge_identity m
            where m.merge_id = $1 and m.moved
              and i.customer_id = $2 and i.kind = m.kind and i.system = m.system and i.key = m.key
            """;

    // What somebody else has got meanwhile stays there.
    /* language=PostgreSQL */
    private static final String RETURN = """
            insert into identity (customer_id, kind, system, key, value, added_at, main)
            select $2, m.kind, m.system, m.key, m.value, m.added_at, m.main
            from merge_identity m
            where m.merge_id = $1
              and (m.kind = 'PHONE' or not exists (
                select from identity i
                where i.kind = m.kind and i.key = m.key and i.system = m.system and i.kind <> 'PHONE'))
            """;

    // Of a phone that others who are still taken in have too, the first of them is from now on who brought it.
    /* language=PostgreSQL */
    private static final String LEAVE_TO_OTHERS = """
            with heir as (
              select distinct on (o.key) o.merge_id, o.key
              from merge_identity m
              join person_merge p on p.survivor_id = $2 and p.id <> m.merge_id and p.unmerged_at is null
              join merge_identity o on o.merge_id = p.id and o.kind = 'PHONE' and o.system = '' and o.key = m.key and not o.moved
              where m.merge_id = $1 and m.kind = 'PHONE' and m.moved
              order by o.key, o.merge_id
            ), left_to as (
              update merge_identity m
              set moved = true
              from heir h
              where m.merge_id = h.merge_id and m.kind = 'PHONE' and m.key = h.key
              returning m.key, m.value, m.added_at
            )
            insert into identity (customer_id, kind, system, key, value, added_at, main)
            select $2, 'PHONE', '', l.key, l.value, l.added_at, false
            from left_to l
            on conflict (customer_id, kind, system, key) do nothing
            """;

    public Uni<Void> over(SqlConnection tx, UUID mergeId, UUID from, UUID to) {
        return tx.preparedQuery(NOTE)
                .execute(Params.of(mergeId, from, to))
                .chain(() -> tx.preparedQuery(LEAVE).execute(Params.of(from)))
                .chain(() -> tx.preparedQuery(ARRIVE).execute(Params.of(mergeId, to)))
                .replaceWithVoid();
    }

    public Uni<Void> back(SqlConnection tx, UUID mergeId, UUID from, UUID to) {
        return tx.preparedQuery(GIVE_UP)
                .execute(Params.of(mergeId, from))
                .chain(() -> tx.preparedQuery(LEAVE_TO_OTHERS).execute(Params.of(mergeId, from)))
                .chain(() -> tx.preparedQuery(RETURN).execute(Params.of(mergeId, to)))
                .chain(() -> tx.preparedQuery(Identities.PROMOTE).execute(Params.of(from)))
                .replaceWithVoid();
    }
}
