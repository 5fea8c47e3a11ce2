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
                .chain(() -> tx.preparedQuery(RETURN).execute(Params.of(mergeId, to)))
                .chain(() -> tx.preparedQuery(Identities.PROMOTE).execute(Params.of(from)))
                .replaceWithVoid();
    }
}
