package io.snowball.segmentation.segment;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.Binds;
import io.snowball.segmentation.rule.ClockEdges.Passed;
import io.snowball.segmentation.rule.ClockEdges.Source;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Up to when the clock has been followed, and who stands on an edge. */
@ApplicationScoped
class ClockSql {
    /* language=PostgreSQL */
    private static final String FIND = "select evaluated_at, rfm_version from membership_clock";

    /* language=PostgreSQL */
    private static final String SAVE = """
            insert into membership_clock (evaluated_at, rfm_version) values ($1, $2)
            on conflict (only_row) do update set evaluated_at = excluded.evaluated_at, rfm_version = excluded.rfm_version
            """;

    // Each edge is a range of an index; of a minute there are few rows in it.
    /* language=PostgreSQL */
    @SuppressWarnings("InlineFormatString") // SQL stands above its method
    private static final String CUSTOMERS = """
            select distinct x.customer_id
            from (
              select f.customer_id
              from unnest(%1$s, %2$s) as e (a, b)
              join customer_fact f on f.registered_at between e.a and e.b
              union all
              select o.customer_id
              from unnest(%3$s, %4$s) as e (a, b)
              join order_fact o on o.counts and o.ordered_at between e.a and e.b
              union all
              select m.customer_id
              from unnest(%5$s, %6$s) as e (a, b)
              join message_fact m on not m.bounced and m.sent_at between e.a and e.b
              union all
              select v.customer_id
              from unnest(%7$s, %8$s) as e (a, b)
              cross join event_type t
              join event_fact v on v.type_id = t.id and v.occurred_at between e.a and e.b) x
            where %9$s is null or x.customer_id > %9$s
            order by x.customer_id
            limit %10$s
            """;

    /** @param rfmVersion of the thresholds that memberships were evaluated by */
    record State(Instant at, int rfmVersion) {}

    /** @return empty before the first time */
    Uni<Optional<State>> find(SqlClient client) {
        return client.preparedQuery(FIND)
                .execute()
                .map(rows -> Rows.first(
                        rows,
                        row -> new State(
                                row.getOffsetDateTime("evaluated_at").toInstant(), row.getInteger("rfm_version"))));
    }

    Uni<Void> save(SqlClient client, State state) {
        return client.preparedQuery(SAVE)
                .execute(Params.of(state.at().atOffset(ZoneOffset.UTC), state.rfmVersion()))
                .replaceWithVoid();
    }

    Uni<List<UUID>> customers(SqlClient client, Collection<Passed> passed, @Nullable UUID after, int limit) {
        Binds binds = new Binds();
        String sql = CUSTOMERS.formatted(
                from(passed, Source.REGISTERED, binds),
                to(passed, Source.REGISTERED, binds),
                from(passed, Source.ORDERED, binds),
                to(passed, Source.ORDERED, binds),
                from(passed, Source.SENT, binds),
                to(passed, Source.SENT, binds),
                from(passed, Source.DONE, binds),
                to(passed, Source.DONE, binds),
                binds.bindOptional(after),
                binds.bind(limit));
        return client.preparedQuery(sql)
                .execute(binds.tuple())
                .map(rows -> Rows.list(rows, row -> row.getUUID("customer_id")));
    }

    private static String from(Collection<Passed> passed, Source source, Binds binds) {
        return binds.bind(passed.stream()
                .filter(edge -> edge.source() == source)
                .map(Passed::from)
                .toList());
    }

    private static String to(Collection<Passed> passed, Source source, Binds binds) {
        return binds.bind(passed.stream()
                .filter(edge -> edge.source() == source)
                .map(Passed::to)
                .toList());
    }
}
