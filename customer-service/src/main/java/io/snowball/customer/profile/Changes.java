package io.snowball.customer.profile;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.identity.Identity;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The history of a customer: field by field who changed what. A new customer has none: what it began with is the first old value. */
@ApplicationScoped
class Changes {
    /** Before the kind of an identity that was added or removed. */
    static final String IDENTITY = "identities.";

    /* language=PostgreSQL */
    private static final String ADD = """
            insert into customer_change (customer_id, id, changed_at, changed_by, field, old_value, new_value)
            select c.customer_id, c.id, $6, $7, c.field, c.old_value, c.new_value
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[]) as c (customer_id, id, field, old_value, new_value)
            """;

    /* language=PostgreSQL */
    private static final String PAGE = """
            select id, changed_at, changed_by, field, old_value, new_value
            from customer_change
            where customer_id = coalesce((select a.customer_id from customer_alias a where a.id = $1), $1)
              and ($2::uuid is null or id < $2)
            order by id desc
            limit $3
            """;

    // What was told since changed what was known before, and not what is forgotten now.
    /* language=PostgreSQL */
    private static final String FORGET = """
            with forgotten as (
              delete from customer_change
              where customer_id = $1 and id = any($2)
              returning id, field, old_value, new_value
            )
            update customer_change c
            set old_value = f.old_value
            from forgotten f
            where c.customer_id = $1 and c.field = f.field and c.old_value = f.new_value and c.id > f.id
            """;

    private final Pool pool;
    private final Clock clock;

    Changes(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    record Change(
            UUID customerId,
            String field,
            @Nullable String oldValue,
            @Nullable String newValue) {}

    record Stored(
            UUID id,
            Instant changedAt,
            String changedBy,
            String field,
            @Nullable String oldValue,
            @Nullable String newValue) {
        static Stored of(Row row) {
            return new Stored(
                    row.getUUID("id"),
                    row.getOffsetDateTime("changed_at").toInstant(),
                    row.getString("changed_by"),
                    row.getString("field"),
                    row.getString("old_value"),
                    row.getString("new_value"));
        }
    }

    static List<Change> between(CustomerState before, CustomerState after) {
        Map<String, String> old = fields(before);
        Map<String, String> current = fields(after);
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(current.keySet());
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            if (!Objects.equals(old.get(name), current.get(name))) {
                changes.add(new Change(after.id(), name, old.get(name), current.get(name)));
            }
        }
        return changes;
    }

    /** @return the ids of what was written */
    Uni<List<UUID>> add(SqlConnection tx, List<Change> changes, String by) {
        UUID[] ids = Params.uuids(changes, _ -> Ids.next());
        return changes.isEmpty()
                ? Uni.createFrom().item(List.of())
                : tx.preparedQuery(ADD)
                        .execute(Params.of(
                                Params.uuids(changes, Change::customerId),
                                ids,
                                Params.texts(changes, Change::field),
                                Params.texts(changes, Change::oldValue),
                                Params.texts(changes, Change::newValue),
                                OffsetDateTime.now(clock),
                                by))
                        .replaceWith(List.of(ids));
    }

    /** Devices aside: they change hands without anybody's having told anything of a person. */
    static List<Change> added(UUID customerId, Collection<Identity> identities) {
        return identities.stream()
                .filter(identity -> !identity.kind().isDevice())
                .map(identity -> new Change(customerId, IDENTITY + identity.kind(), null, identity.value()))
                .toList();
    }

    Uni<Void> forget(SqlConnection tx, UUID customerId, Collection<UUID> lines) {
        return tx.preparedQuery(FORGET)
                .execute(Params.of(customerId, lines.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    /** Newest first. */
    Uni<Keyset<Stored>> list(UUID customerId, @Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, "changes", customerId);
        return pool.preparedQuery(PAGE)
                .execute(Params.of(customerId, after == null ? null : UUID.fromString(after.getFirst()), limit + 1))
                .map(rows -> Keyset.of(
                        Rows.list(rows, Stored::of),
                        limit,
                        change -> List.of(change.id().toString()),
                        "changes",
                        customerId));
    }

    private static Map<String, String> fields(CustomerState state) {
        Map<String, String> fields = new TreeMap<>();
        Profile profile = state.profile();
        Details details = profile.details();
        put(fields, "externalId", value(state.externalId()));
        put(fields, "email", value(state.email()));
        put(fields, "phone", value(state.phone()));
        put(fields, "firstName", profile.firstName());
        put(fields, "lastName", profile.lastName());
        put(fields, "sex", profile.sex());
        put(fields, "birthday", profile.birthday());
        put(fields, "timeZone", profile.timeZone());
        put(fields, "language", profile.language());
        put(fields, "source", profile.source());
        put(fields, "registeredAt", state.registeredAt());
        put(fields, "childrenBirthdays", details.childrenBirthdays());
        put(fields, "address", details.address());
        put(fields, "timeZoneSource", details.timeZoneSource());
        put(fields, "utm", details.utm());
        put(fields, "device", details.device());
        put(fields, "socialAccounts", details.socialAccounts());
        put(fields, "preferredChannel", details.preferredChannel());
        details.attributes().forEach((name, value) -> put(fields, "attributes." + name, value));
        details.personalAttributes().forEach((name, value) -> put(fields, "personalAttributes." + name, value));
        return fields;
    }

    private static void put(Map<String, String> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, Details.show(value));
        }
    }

    private static @Nullable String value(@Nullable Identity identity) {
        return identity == null ? null : identity.value();
    }
}
