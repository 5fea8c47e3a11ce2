package io.snowball.consent.access;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.AccessRecord;
import io.snowball.platform.access.AccessResult;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class AccessSql {
    /* language=PostgreSQL */
    private static final String BEGIN = """
            insert into access_chain (source, sequence, hash) values ($1, 0, null) on conflict do nothing
            """;

    /* language=PostgreSQL */
    private static final String LOCK = """
            select source, sequence, encode(hash, 'hex') as hash from access_chain where source = $1 for no key update
            """;

    /* language=PostgreSQL */
    private static final String KNOWN = "select id from access_record where id = any($1)";

    // The ids of people as one text a row: an array of arrays must be a rectangle.
    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into access_record (source, sequence, id, at, actor, roles, action, operation, object_id, customers, customer_count, reason,
              address, result, searched, details, received_at, format, previous_hash, hash)
            select $1, r.sequence, r.id, r.at, r.actor, string_to_array(r.roles, ','), r.action, r.operation, r.object_id,
              string_to_array(r.customers, ',')::uuid[], r.customer_count, r.reason, r.address, r.result, r.searched, r.details, $2, $3,
              decode(r.previous_hash, 'hex'), decode(r.hash, 'hex')
            from unnest($4::bigint[], $5::uuid[], $6::timestamptz[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
              $12::text[], $13::bigint[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::text[], $20::text[])
              as r (sequence, id, at, actor, roles, action, operation, object_id, customers, customer_count, reason, address, result,
                searched, details, previous_hash, hash)
            """;

    /* language=PostgreSQL */
    private static final String MOVE = """
            update access_chain set sequence = $2, hash = decode($3, 'hex') where source = $1
            """;

    /* language=PostgreSQL */
    private static final String SELECT = """
            select source, sequence, id, at, actor, roles, action, operation, object_id, customers, customer_count, reason, address, result,
              searched, details, received_at, format, encode(previous_hash, 'hex') as previous_hash, encode(hash, 'hex') as hash
            from access_record
            """;

    // Each filter that is absent is a constant for the planner of a custom plan; what stays chooses the index. Records
    // of few and of
    // many people have an index each, so the search for a person is said twice.
    /* language=PostgreSQL */
    private static final String LIST = SELECT + """
            where ($1::uuid is null
                or customer_count <= 100 and customers @> array[$1::uuid]
                or customer_count > 100 and customers @> array[$1::uuid])
              and ($2::text is null or actor = $2)
              and ($3::text is null or action = $3)
              and ($4::text is null or source = $4)
              and ($5::timestamptz is null or at >= $5)
              and ($6::timestamptz is null or at < $6)
              and ($7::timestamptz is null or (at, id) < ($7, $8::uuid))
            order by at desc, id desc
            limit $9
            """;

    /* language=PostgreSQL */
    private static final String GET = SELECT + "where id = $1";

    /* language=PostgreSQL */
    private static final String PAGE = SELECT + "where source = $1 and sequence > $2 order by sequence limit $3";

    // Of all three tables: whoever removes a chain whole may forget its head or its seal.
    /* language=PostgreSQL */
    private static final String SOURCES = """
            select source from access_chain
            union select source from access_seal
            union select distinct source from access_record
            order by source
            """;

    private static final String HEAD =
            "select source, sequence, encode(hash, 'hex') as hash from access_chain where source = $1";

    AccessSql() {}

    /** The last record of a chain; 0 and null where there is none yet. */
    record Head(String source, long sequence, @Nullable String hash) {
        static Head of(Row row) {
            return new Head(row.getString("source"), row.getLong("sequence"), row.getString("hash"));
        }
    }

    record Filter(
            @Nullable UUID customerId,
            @Nullable String actor,
            @Nullable AccessAction action,
            @Nullable String source,
            @Nullable Instant from,
            @Nullable Instant to) {}

    record Place(Instant at, UUID id) {}

    Uni<Head> lock(SqlConnection tx, String source) {
        return tx.preparedQuery(BEGIN)
                .execute(Params.of(source))
                .chain(() -> tx.preparedQuery(LOCK).execute(Params.of(source)))
                .map(rows -> Head.of(rows.iterator().next()));
    }

    Uni<Set<UUID>> known(SqlClient client, List<AccessRecord> records) {
        return client.preparedQuery(KNOWN)
                .execute(Params.of((Object) Params.uuids(records, AccessRecord::id)))
                .map(rows -> Set.copyOf(Rows.list(rows, row -> row.getUUID("id"))));
    }

    Uni<Void> insert(SqlConnection tx, List<Link> links) {
        Link last = links.getLast();
        return tx.preparedQuery(INSERT)
                .execute(Params.of(
                        last.source(),
                        utc(last.receivedAt()),
                        Link.FORMAT,
                        Params.longs(links, Link::sequence),
                        Params.uuids(links, link -> link.entry().id()),
                        links.stream().map(link -> utc(link.entry().at())).toArray(OffsetDateTime[]::new),
                        texts(links, AccessRecord::actor),
                        texts(links, entry -> String.join(",", entry.roles())),
                        texts(links, entry -> entry.action().name()),
                        texts(links, AccessRecord::operation),
                        texts(links, AccessRecord::objectId),
                        texts(
                                links,
                                entry -> entry.customers().stream()
                                        .map(UUID::toString)
                                        .collect(Collectors.joining(","))),
                        Params.longs(links, link -> link.entry().customerCount()),
                        texts(links, AccessRecord::reason),
                        texts(links, AccessRecord::address),
                        texts(links, entry -> entry.result().name()),
                        texts(links, AccessRecord::searched),
                        texts(links, AccessRecord::details),
                        Params.texts(links, Link::previousHash),
                        Params.texts(links, Link::hash)))
                .chain(() -> tx.preparedQuery(MOVE).execute(Params.of(last.source(), last.sequence(), last.hash())))
                .replaceWithVoid();
    }

    Uni<List<Link>> list(SqlClient client, Filter filter, @Nullable Place after, int limit) {
        return client.preparedQuery(LIST)
                .execute(Params.of(
                        filter.customerId(),
                        filter.actor(),
                        filter.action() == null ? null : filter.action().name(),
                        filter.source(),
                        filter.from() == null ? null : utc(filter.from()),
                        filter.to() == null ? null : utc(filter.to()),
                        after == null ? null : utc(after.at()),
                        after == null ? null : after.id(),
                        limit))
                .map(rows -> Rows.list(rows, AccessSql::link));
    }

    Uni<Optional<Link>> get(SqlClient client, UUID id) {
        return client.preparedQuery(GET).execute(Params.of(id)).map(rows -> Rows.first(rows, AccessSql::link));
    }

    Uni<List<Link>> page(SqlClient client, String source, long after, int limit) {
        return client.preparedQuery(PAGE)
                .execute(Params.of(source, after, limit))
                .map(rows -> Rows.list(rows, AccessSql::link));
    }

    Uni<Optional<Head>> head(SqlClient client, String source) {
        return client.preparedQuery(HEAD).execute(Params.of(source)).map(rows -> Rows.first(rows, Head::of));
    }

    Uni<List<String>> sources(SqlClient client) {
        return client.query(SOURCES).execute().map(rows -> Rows.list(rows, row -> row.getString("source")));
    }

    static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static String[] texts(List<Link> links, Function<AccessRecord, @Nullable String> column) {
        return Params.texts(links, link -> column.apply(link.entry()));
    }

    private static Link link(Row row) {
        return new Link(
                row.getString("source"),
                row.getLong("sequence"),
                new AccessRecord(
                        row.getUUID("id"),
                        row.getOffsetDateTime("at").toInstant(),
                        row.getString("actor"),
                        List.of(row.getArrayOfStrings("roles")),
                        AccessAction.valueOf(row.getString("action")),
                        row.getString("operation"),
                        row.getString("object_id"),
                        List.of(row.getArrayOfUUIDs("customers")),
                        row.getLong("customer_count"),
                        row.getString("reason"),
                        row.getString("address"),
                        AccessResult.valueOf(row.getString("result")),
                        row.getString("searched"),
                        row.getString("details")),
                row.getOffsetDateTime("received_at").toInstant(),
                row.getInteger("format"),
                row.getString("previous_hash"),
                row.getString("hash"));
    }
}
