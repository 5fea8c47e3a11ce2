package io.snowball.segmentation.segment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.Binds;
import io.snowball.segmentation.rule.Rule;
import io.snowball.segmentation.rule.RuleCompiler;
import io.snowball.segmentation.rule.RuleCompiler.Moment;
import io.snowball.segmentation.segment.SegmentApi.SegmentPreview;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of segments. */
@ApplicationScoped
class SegmentSql {
    private static final String COLUMNS =
            "id, name, description, rule::text as rule, customers_count, version, created_at, updated_at";

    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into segment (id, name, description, rule, customers_count, version, created_at, updated_at)
            values ($1, $2, $3, $4::text::jsonb, 0, 1, $5, $5)
            """;

    /* language=PostgreSQL */
    private static final String REPLACE = """
            update segment
            set name = $2, description = $3, rule = $4::text::jsonb, updated_at = $5, version = version + 1
            where id = $1 and version = $6
            """;

    /* language=PostgreSQL */
    private static final String DELETE = "delete from segment where id = $1";

    /* language=PostgreSQL */
    private static final String FIND = "select " + COLUMNS + " from segment where id = $1";

    /* language=PostgreSQL */
    private static final String LIST = "select " + COLUMNS + """
             from segment
            where $1::uuid is null or id > $1
            order by id
            limit $2
            """;

    /* language=PostgreSQL */
    private static final String RULES = "select id, rule::text as rule from segment order by id limit " + Segments.MAX;

    /* language=PostgreSQL */
    @SuppressWarnings("InlineFormatString") // SQL stands above its method
    private static final String PREVIEW = """
            with matching as materialized (
            %s)
            select (select count(*) from matching) as customers,
              array(select customer_id from matching order by customer_id limit %d) as sample
            """;

    private final ObjectMapper json;

    SegmentSql(ObjectMapper json) {
        this.json = json;
    }

    Uni<Void> insert(SqlConnection tx, UUID id, SegmentDraft draft, Instant now) {
        return tx.preparedQuery(INSERT)
                .execute(Params.of(
                        id, draft.name(), draft.description(), write(draft.rule()), now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** @return false where the version is no longer this one */
    Uni<Boolean> replace(SqlConnection tx, UUID id, int version, SegmentDraft draft, Instant now) {
        return tx.preparedQuery(REPLACE)
                .execute(Params.of(
                        id,
                        draft.name(),
                        draft.description(),
                        write(draft.rule()),
                        now.atOffset(ZoneOffset.UTC),
                        version))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Void> delete(SqlConnection tx, UUID id) {
        return tx.preparedQuery(DELETE).execute(Params.of(id)).replaceWithVoid();
    }

    Uni<Optional<Segment>> find(SqlClient client, UUID id) {
        return client.preparedQuery(FIND).execute(Params.of(id)).map(rows -> Rows.first(rows, this::segment));
    }

    Uni<List<Segment>> list(SqlClient client, @Nullable UUID after, int limit) {
        return client.preparedQuery(LIST).execute(Params.of(after, limit)).map(rows -> Rows.list(rows, this::segment));
    }

    Uni<SegmentGraph> graph(SqlClient client) {
        return client.preparedQuery(RULES)
                .execute()
                .map(rows ->
                        Rows.list(rows, row -> new SegmentGraph.Node(row.getUUID("id"), read(row.getString("rule")))))
                .map(SegmentGraph::new);
    }

    Uni<SegmentPreview> preview(SqlClient client, Rule rule, Moment moment) {
        Binds binds = new Binds();
        String sql = PREVIEW.formatted(RuleCompiler.customers(rule, moment, null, binds), SegmentApi.SAMPLE_MAX);
        return client.preparedQuery(sql).execute(binds.tuple()).map(rows -> {
            Row row = rows.iterator().next();
            return new SegmentPreview(row.getLong("customers"), List.of(row.getArrayOfUUIDs("sample")));
        });
    }

    private Segment segment(Row row) {
        return new Segment(
                row.getUUID("id"),
                new SegmentDraft(row.getString("name"), row.getString("description"), read(row.getString("rule"))),
                row.getLong("customers_count"),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private Rule read(String rule) {
        try {
            return json.readValue(rule, Rule.class);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A stored rule can't be read", failure);
        }
    }

    private String write(Rule rule) {
        try {
            return json.writerFor(Rule.class).writeValueAsString(rule);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
