package io.snowball.consent.access;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the log says in numbers: whose data somebody saw, and who acted. */
@ApplicationScoped
public class AccessCounts {
    // What was handed out; a change or a decision shows nobody anything.
    private static final String HITS = """
            with hit as (
              select customers, customer_count
              from access_record
              where at >= $1 and at < $2
                and ($3::text is null or actor = $3)
                and ($4::text is null or address = $4)
                and ($5::text is null or source = $5)
                and result = 'DONE'
                and action in ('READ', 'SEARCH', 'EXPORT'))
            """;

    /* language=PostgreSQL */
    private static final String COUNT = HITS + """
            select (select count(*) from hit) as records,
              (select count(distinct c) from hit, unnest(customers) as c) as customers,
              (select coalesce(sum(customer_count), 0)::bigint from hit where cardinality(customers) = 0) as unnamed
            """;

    /* language=PostgreSQL */
    private static final String WHO = HITS + """
            select distinct c as customer_id
            from hit, unnest(customers) as c
            where c > $6
            order by c
            limit $7
            """;

    // Users have UUIDs; services and people with links of their own have names.
    /* language=PostgreSQL */
    private static final String USERS = """
            select distinct actor from access_record
            where at >= $1 and actor ~ '^[0-9a-f-]{36}$'
            order by actor
            limit 1000
            """;

    private final Pool pool;

    AccessCounts(Pool pool) {
        this.pool = pool;
    }

    /** From whom on, when and where; what is null narrows nothing. */
    public record Scope(
            Instant from,
            Instant to,
            @Nullable String actor,
            @Nullable String address,
            @Nullable String source) {}

    /** @param unnamed people in batches too large to be named one by one: counted, perhaps more than once */
    public record Count(long records, long customers, long unnamed) {}

    public Uni<Count> count(Scope scope) {
        return pool.preparedQuery(COUNT)
                .execute(Params.of(
                        AccessSql.utc(scope.from()),
                        AccessSql.utc(scope.to()),
                        scope.actor(),
                        scope.address(),
                        scope.source()))
                .map(rows -> rows.iterator().next())
                .map(row -> new Count(row.getLong("records"), row.getLong("customers"), row.getLong("unnamed")));
    }

    /** Whose data it was, in the order of ids. */
    public Uni<List<UUID>> who(Scope scope, UUID after, int limit) {
        return pool.preparedQuery(WHO)
                .execute(Params.of(
                        AccessSql.utc(scope.from()),
                        AccessSql.utc(scope.to()),
                        scope.actor(),
                        scope.address(),
                        scope.source(),
                        after,
                        limit))
                .map(rows -> Rows.list(rows, row -> row.getUUID("customer_id")));
    }

    public Uni<List<String>> users(Instant since) {
        return pool.preparedQuery(USERS)
                .execute(Params.of(AccessSql.utc(since)))
                .map(rows -> Rows.list(rows, row -> row.getString("actor")));
    }
}
