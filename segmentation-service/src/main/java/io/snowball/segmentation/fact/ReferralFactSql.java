package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.segmentation.fact.Facts.Referral;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Who invited whom. */
@ApplicationScoped
class ReferralFactSql {
    /* language=PostgreSQL */
    private static final String UPSERT = """
            insert into referral_fact as f (referral_id, inviter_id, invited_id, state, invited_at, changed_at, version)
            select u.referral_id, u.inviter_id, u.invited_id, u.state, u.invited_at, u.changed_at, u.version
            from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::bigint[])
              as u (referral_id, inviter_id, invited_id, state, invited_at, changed_at, version)
            where not exists (select from forgotten_customer g where g.customer_id in (u.inviter_id, u.invited_id))
            on conflict (referral_id) do update
            set inviter_id = excluded.inviter_id, invited_id = excluded.invited_id, state = excluded.state,
              invited_at = excluded.invited_at, changed_at = excluded.changed_at, version = excluded.version
            where excluded.version > f.version
            """;

    private final MergeSql merges;

    ReferralFactSql(MergeSql merges) {
        this.merges = merges;
    }

    Uni<Void> upsert(SqlConnection tx, Collection<Referral> told) {
        return told.isEmpty()
                ? Uni.createFrom().voidItem()
                : merges.owners(tx, MergeSql.Kind.INVITER, told, Referral::id, Referral::inviterId)
                        .chain(inviters -> merges.owners(
                                        tx, MergeSql.Kind.INVITED, told, Referral::id, Referral::invitedId)
                                .chain(invited -> write(tx, told, inviters, invited)));
    }

    private static Uni<Void> write(
            SqlConnection tx, Collection<Referral> told, Map<UUID, UUID> inviters, Map<UUID, UUID> invited) {
        return tx.preparedQuery(UPSERT)
                .execute(Params.of(
                        Params.uuids(told, Referral::id),
                        Params.uuids(told, one -> inviters.getOrDefault(one.id(), one.inviterId())),
                        Params.uuids(told, one -> invited.getOrDefault(one.id(), one.invitedId())),
                        Params.texts(told, Referral::state),
                        FactSql.times(told, Referral::invitedAt),
                        FactSql.times(told, Referral::changedAt),
                        Params.longs(told, Referral::version)))
                .replaceWithVoid();
    }
}
