package io.snowball.customer.profile;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.identity.Identity;
import io.snowball.customer.identity.IdentityKind;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Customers and identities in SQL, whole batches at a time. */
@ApplicationScoped
class CustomerSql {
    // "limit 1" keeps each of them an index look-up a customer: as plain joins they would read the identities of all
    // customers
    // for a batch of thousands.
    /* language=PostgreSQL */
    private static final String STATE = """
            select c.id, c.version, c.first_name, c.last_name, c.sex, c.birth_on, c.time_zone, c.language, c.source, c.registered_at,
                   c.blocked_at is not null as blocked, c.details::text as details, x.key as external_id_key, x.value as external_id,
                   e.key as email_key, e.value as email,
                   p.key as phone_key, p.value as phone
            from customer c
            left join lateral (
              select i.key, i.value from identity i where i.customer_id = c.id and i.kind = 'EXTERNAL_ID' and i.main limit 1) x on true
            left join lateral (
              select i.key, i.value from identity i where i.customer_id = c.id and i.kind = 'EMAIL' and i.main limit 1) e on true
            left join lateral (
              select i.key, i.value from identity i where i.customer_id = c.id and i.kind = 'PHONE' and i.main limit 1) p on true
            """;

    private static final String STATES = STATE + "where c.id = any($1)";

    private static final String PAGE =
            STATE + "where ($1::uuid is null or c.id < $1) and c.blocked_at is null\norder by c.id desc\nlimit $2";

    private static final String FOUND = STATE
            + "where c.id = (select i.customer_id from identity i where i.kind = $1 and i.kind <> 'PHONE' and i.system = '' and i.key = $2)"
            + " and c.blocked_at is null";

    private static final String FOUND_BY_PHONE = STATE + """
            where c.id in (select i.customer_id from identity i where i.kind = 'PHONE' and i.key = $1) and c.blocked_at is null
            order by c.id
            limit 20
            """;

    /* language=PostgreSQL */
    private static final String OWNERS = """
            select (select i.customer_id from identity i where i.kind = 'EXTERNAL_ID' and i.key = d.external_id
                      and i.system = '') as external_id,
                   (select i.customer_id from identity i where i.kind = 'EMAIL' and i.key = d.email and i.system = '') as email
            from unnest($1::text[], $2::text[]) with ordinality as d (external_id, email, n)
            order by d.n
            """;

    /* language=PostgreSQL */
    private static final String STORE = """
            insert into customer as c
              (id, version, first_name, last_name, sex, birth_on, time_zone, language, source, registered_at, recorded_at,
               details)
            select s.id, s.version, s.first_name, s.last_name, s.sex, s.birth_on, s.time_zone, s.language, s.source, s.registered_at, $11,
                   s.details::jsonb
            from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::date[], $7::text[], $8::text[],
                        $9::text[], $10::timestamptz[], $12::text[])
              as s (id, version, first_name, last_name, sex, birth_on, time_zone, language, source, registered_at, details)
            on conflict (id) do update set
              version = excluded.version,
              first_name = excluded.first_name,
              last_name = excluded.last_name,
              sex = excluded.sex,
              birth_on = excluded.birth_on,
              time_zone = excluded.time_zone,
              language = excluded.language,
              source = excluded.source,
              registered_at = excluded.registered_at,
              recorded_at = excluded.recorded_at,
              details = excluded.details
            """;

    /* language=PostgreSQL */
    private static final String DROP_IDENTITIES = """
            delete from identity
            where customer_id = $1 and system = '' and kind in ('EXTERNAL_ID', 'EMAIL', 'PHONE') and kind <> all($2)
            """;

    // What was a further address, and is now told as the one to write to, becomes the main one.
    /* language=PostgreSQL */
    private static final String DROP_FURTHER = """
            delete from identity i
            using unnest($1::uuid[], $2::text[], $3::text[]) as d (customer_id, kind, key)
            where i.customer_id = d.customer_id and i.kind = d.kind and i.system = '' and i.key = d.key and not i.main
            """;

    /* language=PostgreSQL */
    private static final String STORE_IDENTITIES = """
            insert into identity as i (customer_id, kind, key, value, added_at)
            select s.*, $5
            from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as s
            on conflict (customer_id, kind) where main do update set
              key = excluded.key,
              value = excluded.value,
              added_at = excluded.added_at
              where i.value <> excluded.value
            """;

    /* language=PostgreSQL */
    private static final String ADDRESSES = """
            select distinct on (c.id) c.id, i.value as address, c.first_name, c.last_name, c.time_zone, c.language
            from identity i
            join customer c on c.id = i.customer_id
            where i.customer_id = any($1) and i.kind = $2 and c.blocked_at is null
            order by c.id, i.main desc, i.added_at desc
            """;

    /* language=PostgreSQL */
    private static final String LOCK_ONE =
            "select pg_advisory_xact_lock_shared($1), pg_advisory_xact_lock(hashtextextended($2, $1))";

    /* language=PostgreSQL */
    private static final String LOCK_ALL = "select pg_advisory_xact_lock($1)";

    private static final long CUSTOMER_WRITES = 0x637573746f6d6572L;

    /** To whom the identities of a draft belong now. */
    record Owners(@Nullable UUID externalId, @Nullable UUID email) {}

    record Address(
            UUID customerId,
            String address,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String timeZone,
            @Nullable String language) {}

    /**
     * Of two writers of one customer the second waits here, before its transaction has an id: the feed is in the order of these
     * ids, so its reader sees the later state last.
     */
    Uni<Void> lockOne(SqlConnection tx, String customer) {
        return tx.preparedQuery(LOCK_ONE)
                .execute(Params.of(CUSTOMER_WRITES, customer))
                .replaceWithVoid();
    }

    /** For a batch: as {@link #lockOne}, against all other writers of customers. */
    Uni<Void> lockAll(SqlConnection tx) {
        return tx.preparedQuery(LOCK_ALL).execute(Params.of(CUSTOMER_WRITES)).replaceWithVoid();
    }

    Uni<List<Owners>> owners(SqlConnection tx, List<CustomerDraft> drafts) {
        return tx.preparedQuery(OWNERS)
                .execute(Params.of(
                        Params.texts(drafts, draft -> Identity.keyOf(draft.externalId())),
                        Params.texts(drafts, draft -> Identity.keyOf(draft.email()))))
                .map(rows -> Rows.list(rows, row -> new Owners(row.getUUID("external_id"), row.getUUID("email"))));
    }

    Uni<List<CustomerState>> states(SqlClient client, Collection<UUID> ids) {
        return client.preparedQuery(STATES)
                .execute(Params.of((Object) ids.toArray(UUID[]::new)))
                .map(rows -> Rows.list(rows, CustomerState::of));
    }

    Uni<List<CustomerState>> page(SqlClient client, @Nullable UUID after, int limit) {
        return client.preparedQuery(PAGE)
                .execute(Params.of(after, limit))
                .map(rows -> Rows.list(rows, CustomerState::of));
    }

    Uni<List<CustomerState>> find(SqlClient client, Identity identity) {
        var found = identity.kind() == IdentityKind.PHONE
                ? client.preparedQuery(FOUND_BY_PHONE).execute(Params.of(identity.key()))
                : client.preparedQuery(FOUND).execute(Params.of(identity.kind().name(), identity.key()));
        return found.map(rows -> Rows.list(rows, CustomerState::of));
    }

    Uni<List<Address>> addresses(SqlClient client, IdentityKind kind, Collection<UUID> ids) {
        return client.preparedQuery(ADDRESSES)
                .execute(Params.of(ids.toArray(UUID[]::new), kind.name()))
                .map(rows -> Rows.list(rows, CustomerSql::address));
    }

    Uni<Void> store(SqlConnection tx, List<CustomerState> states, Instant now) {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        List<Owned> identities = Owned.of(states);
        List<Owned> known =
                Owned.of(states.stream().filter(state -> state.version() > 1).toList());
        return tx.preparedQuery(STORE)
                .execute(Params.of(
                        Params.uuids(states, CustomerState::id),
                        Params.integers(states, CustomerState::version),
                        Params.texts(states, state -> state.profile().firstName()),
                        Params.texts(states, state -> state.profile().lastName()),
                        Params.texts(states, state -> name(state.profile().sex())),
                        states.stream().map(state -> state.profile().birthday()).toArray(LocalDate[]::new),
                        Params.texts(states, state -> state.profile().timeZone()),
                        Params.texts(states, state -> state.profile().language()),
                        Params.texts(states, state -> state.profile().source()),
                        states.stream()
                                .map(state -> state.registeredAt().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new),
                        at,
                        Params.texts(states, state -> state.profile().details().toJson())))
                .chain(() -> dropFurther(tx, known))
                .chain(() -> tx.preparedQuery(STORE_IDENTITIES)
                        .execute(Params.of(
                                Params.uuids(identities, Owned::owner),
                                Params.texts(
                                        identities,
                                        owned -> owned.identity().kind().name()),
                                Params.texts(
                                        identities, owned -> owned.identity().key()),
                                Params.texts(
                                        identities, owned -> owned.identity().value()),
                                at)))
                .replaceWithVoid();
    }

    private static Uni<Void> dropFurther(SqlConnection tx, List<Owned> identities) {
        return identities.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(DROP_FURTHER)
                        .execute(Params.of(
                                Params.uuids(identities, Owned::owner),
                                Params.texts(
                                        identities,
                                        owned -> owned.identity().kind().name()),
                                Params.texts(
                                        identities, owned -> owned.identity().key())))
                        .replaceWithVoid();
    }

    /** Takes from the customer the identities of those kinds that it no longer has. */
    Uni<Void> dropIdentities(SqlConnection tx, CustomerState state) {
        String[] kept =
                Params.texts(state.identities(), identity -> identity.kind().name());
        return tx.preparedQuery(DROP_IDENTITIES)
                .execute(Params.of(state.id(), kept))
                .replaceWithVoid();
    }

    private record Owned(UUID owner, Identity identity) {
        static List<Owned> of(List<CustomerState> states) {
            return states.stream()
                    .flatMap(state -> state.identities().stream().map(identity -> new Owned(state.id(), identity)))
                    .toList();
        }
    }

    private static @Nullable String name(@Nullable Sex sex) {
        return sex == null ? null : sex.name();
    }

    private static Address address(Row row) {
        return new Address(
                row.getUUID("id"),
                row.getString("address"),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getString("time_zone"),
                row.getString("language"));
    }
}
