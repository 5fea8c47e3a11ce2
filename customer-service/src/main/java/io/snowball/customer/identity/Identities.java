package io.snowball.customer.identity;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.identity.Resolution.Holder;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Identities of all kinds in SQL: who has which, and giving them to somebody. */
@ApplicationScoped
public class Identities {
    /** Of one customer; more is a fault of whoever sends them. */
    public static final int MAX_PER_CUSTOMER = 100;

    private static final int MAX_HOLDERS = 50;

    // The two halves use an index each; a phone that hundreds have names nobody, so a few of them will do.
    /* language=PostgreSQL */
    private static final String HOLDERS = """
            with asked as (
              select a.kind, a.system, a.key from unnest($1::text[], $2::text[], $3::text[]) as a (kind, system, key)
            ), holder as (
              select i.customer_id
              from asked a
              join identity i on i.kind = a.kind and i.key = a.key and i.system = a.system and i.kind <> 'PHONE'
              union
              select p.customer_id
              from asked a
              cross join lateral (
                select i.customer_id from identity i where i.kind = 'PHONE' and i.key = a.key order by i.customer_id limit 2) p
              where a.kind = 'PHONE'
            )
            select i.customer_id, i.kind, i.system, i.key, i.value
            from identity i
            where i.customer_id in (select h.customer_id from holder h limit $4)
            """;

    /* language=PostgreSQL */
    private static final String OF = """
            select i.kind, i.system, i.key, i.value, i.main, i.added_at
            from identity i
            where i.customer_id = $1
            order by i.kind, i.system, i.added_at, i.key
            limit 1000
            """;

    // Nothing but external ids of other systems can't be the main one of its kind.
    /* language=PostgreSQL */
    private static final String LINK = """
            insert into identity (customer_id, kind, system, key, value, added_at, main)
            select $1, n.kind, n.system, n.key, n.value, $6,
                   n.system = '' and n.place = 1 and not exists (
                     select from identity i where i.customer_id = $1 and i.kind = n.kind and i.main)
            from (
              select a.kind, a.system, a.key, a.value, row_number() over (partition by a.kind, a.system order by a.key) as place
              from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as a (kind, system, key, value)) n
            on conflict (customer_id, kind, system, key) do nothing
            """;

    /* language=PostgreSQL */
    private static final String DROP = """
            delete from identity i
            using unnest($2::text[], $3::text[]) as a (kind, key)
            where i.kind = a.kind and i.key = a.key and i.kind <> 'PHONE' and i.system = '' and i.customer_id <> $1
            """;

    // From what an unmerge would give back as well: what was removed does not come back by it.
    /* language=PostgreSQL */
    private static final String REMOVE = """
            with forgotten as (
              delete from merge_identity m
              using person_merge p
              where p.id = m.merge_id
                and (p.survivor_id = $1 or p.survivor_id in (select a.id from customer_alias a where a.customer_id = $1))
                and m.kind = $2 and m.system = $3 and m.key = $4
            )
            delete from identity
            where customer_id = $1 and kind = $2 and system = $3 and key = $4
            returning value
            """;

    // Who gave up the main one of a kind may have others: the oldest takes its place.
    /* language=PostgreSQL */
    static final String PROMOTE = """
            update identity u
            set main = true
            from (
              select distinct on (i.kind) i.kind, i.key
              from identity i
              where i.customer_id = $1 and i.system = ''
                and not exists (select from identity s where s.customer_id = $1 and s.kind = i.kind and s.main)
              order by i.kind, i.added_at, i.key) o
            where u.customer_id = $1 and u.kind = o.kind and u.system = '' and u.key = o.key
            """;

    /** @param main the one of its kind that is shown and written to */
    public record Stored(Identity identity, boolean main, Instant addedAt) {}

    public Uni<List<Holder>> holders(SqlClient client, Collection<Identity> identities) {
        return client.preparedQuery(HOLDERS)
                .execute(Params.of(
                        Params.texts(identities, identity -> identity.kind().name()),
                        Params.texts(identities, Identity::system),
                        Params.texts(identities, Identity::key),
                        MAX_HOLDERS))
                .map(rows -> {
                    Map<UUID, Set<Identity>> byCustomer = new java.util.LinkedHashMap<>();
                    rows.forEach(row -> byCustomer
                            .computeIfAbsent(row.getUUID("customer_id"), _ -> new HashSet<>())
                            .add(identity(row)));
                    return byCustomer.entrySet().stream()
                            .map(entry -> new Holder(entry.getKey(), entry.getValue()))
                            .collect(Collectors.toCollection(ArrayList::new));
                });
    }

    public Uni<List<Stored>> of(SqlClient client, UUID customer) {
        return client.preparedQuery(OF)
                .execute(Params.of(customer))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Stored(
                                identity(row),
                                row.getBoolean("main"),
                                row.getOffsetDateTime("added_at").toInstant())));
    }

    /** Gives the customer what nobody has, and what the customer has already. */
    public Uni<Void> link(SqlConnection tx, UUID customer, Collection<Identity> identities, Instant now) {
        return identities.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(LINK)
                        .execute(Params.of(
                                customer,
                                Params.texts(
                                        identities, identity -> identity.kind().name()),
                                Params.texts(identities, Identity::system),
                                Params.texts(identities, Identity::key),
                                Params.texts(identities, Identity::value),
                                now.atOffset(ZoneOffset.UTC)))
                        .replaceWithVoid();
    }

    /** Takes devices from whoever has them and gives them to the customer. */
    public Uni<Void> take(SqlConnection tx, UUID customer, Collection<Identity> devices, Instant now) {
        return devices.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(DROP)
                        .execute(Params.of(
                                customer,
                                Params.texts(devices, device -> device.kind().name()),
                                Params.texts(devices, Identity::key)))
                        .chain(() -> link(tx, customer, devices, now));
    }

    /** @return how it was written; empty where the customer does not have it */
    public Uni<Optional<String>> remove(SqlConnection tx, UUID customer, Identity identity) {
        return tx.preparedQuery(REMOVE)
                .execute(Params.of(customer, identity.kind().name(), identity.system(), identity.key()))
                .map(rows -> Rows.first(rows, row -> row.getString("value")))
                .call(() -> tx.preparedQuery(PROMOTE).execute(Params.of(customer)));
    }

    private static Identity identity(Row row) {
        return new Identity(
                IdentityKind.valueOf(row.getString("kind")),
                row.getString("system"),
                row.getString("key"),
                row.getString("value"));
    }
}
