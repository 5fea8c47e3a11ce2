package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Who agreed to what only inside another document. Any later word about the same consent ends it: it stands apart, or is none. */
@ApplicationScoped
class LegacyConsentSql {
    // Most consents are none of these and never were: they cost one look into the index, and change nobody.
    /* language=PostgreSQL */
    private static final String PUT = """
            with told as (
              select u.customer_id, u.purpose, u.channel, u.type, u.legacy
              from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::boolean[])
                as u (customer_id, purpose, channel, type, legacy)),
            ended as (
              delete from legacy_consent l
              using told t
              where not t.legacy and l.customer_id = t.customer_id and l.purpose = t.purpose and l.channel = t.channel
                and l.type = t.type
              returning l.customer_id),
            begun as (
              insert into legacy_consent (customer_id, purpose, channel, type)
              select t.customer_id, t.purpose, t.channel, t.type
              from told t
              where t.legacy and not exists (select from forgotten_customer f where f.customer_id = t.customer_id)
              on conflict do nothing
              returning customer_id)
            select customer_id from ended
            union
            select customer_id from begun
            """;

    /** The last that is told of one consent; {@code legacy} where it is in force and stood inside another document. */
    record Told(Key key, boolean legacy) {}

    record Key(UUID customerId, String purpose, String channel, String type) {}

    /** @return of whom it is otherwise now */
    Uni<List<UUID>> put(SqlConnection tx, Collection<Told> told) {
        return tx.preparedQuery(PUT)
                .execute(Params.of(
                        Params.uuids(told, t -> t.key().customerId()),
                        Params.texts(told, t -> t.key().purpose()),
                        Params.texts(told, t -> t.key().channel()),
                        Params.texts(told, t -> t.key().type()),
                        told.stream().map(Told::legacy).toArray(Boolean[]::new)))
                .map(rows -> Rows.list(rows, row -> row.getUUID("customer_id")));
    }
}
