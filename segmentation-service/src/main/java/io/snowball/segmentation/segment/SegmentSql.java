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
import io.snowball.segmentation.segment.SegmentApi.SegmentChange;
import io.snowball.segmentation.segment.SegmentApi.SegmentPreview;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of segments. */
@ApplicationScoped
class SegmentSql {
    private static final String COLUMNS =
            "id, name, description, rule::text as rule, customers_count, version, created_at, updated_at, read_at";

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

    // Once an hour is enough, and pages of one reading come close after each other.
    /* language=PostgreSQL */
    private static final String READ = """
            update segment set read_at = $2::timestamptz
            where id = $1 and (read_at is null or read_at < $2::timestamptz - interval '1 hour')
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
    private static final String RULES =
            "select id, name, rule::text as rule from segment order by id limit " + Segments.MAX;

    /* language=PostgreSQL */
    @SuppressWarnings("InlineFormatString") // SQL stands above its method
    private static final String PREVIEW = """
            with matching as materialized (
            %s)
            select (select count(*) from matching) as customers,
              array(select customer_id from matching order by customer_id limit %d) as sample
            """;

    /* language=PostgreSQL */
    @SuppressWarnings("InlineFormatString") // SQL stands above its method
    private static final String PREVIEW_CHANGE = """
            with matching as materialized (
            %1$s),
            entering as materialized (
              select x.customer_id from matching x
              where not exists (
                select from segment_member s where s.segment_id = %3$s and s.customer_id = x.customer_id)),
            leaving as materialized (
              select s.customer_id from segment_member s
              where s.segment_id = %3$s and not exists (select from matching x where x.customer_id = s.customer_id))
            select (select count(*) from matching) as customers,
              array(select customer_id from matching order by customer_id limit %2$d) as sample,
              (select count(*) from entering) as entering, (select count(*) from leaving) as leaving,
              array(select customer_id from entering order by customer_id limit %2$d) as entering_sample,
              array(select customer_id from leaving order by customer_id limit %2$d) as leaving_sample
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

    /** A sibling has asked who is in it. */
    Uni<Void> read(SqlClient client, UUID id, Instant now) {
        return client.preparedQuery(READ)
                .execute(Params.of(id, now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
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
                .map(rows -> Rows.list(
                        rows,
                        row -> new SegmentGraph.Node(
                                row.getUUID("id"), row.getString("name"), read(row.getString("rule")))))
                .map(SegmentGraph::new);
    }

    Uni<SegmentPreview> preview(SqlClient client, Rule rule, Moment moment) {
        Binds binds = new Binds();
        String sql = PREVIEW.formatted(RuleCompiler.customers(rule, moment, null, binds), SegmentApi.SAMPLE_MAX);
        return client.preparedQuery(sql)
                .execute(binds.tuple())
                .map(rows -> preview(rows.iterator().next(), null));
    }

    /** On a large base: examples come from a part of the sample, or from all where there are none in it. */
    Uni<SegmentPreview> preview(SqlClient client, Rule rule, Moment moment, UUID[] some) {
        Binds binds = new Binds();
        String matching = RuleCompiler.customers(rule, moment, null, binds);
        return client.preparedQuery("select count(*) as n from (" + matching + ") as matching")
                .execute(binds.tuple())
                .map(rows -> rows.iterator().next().getLong("n"))
                .chain(n -> examples(client, rule, moment, some)
                        .chain(found -> found.isEmpty() && n > 0
                                ? examples(client, rule, moment, null)
                                : Uni.createFrom().item(found))
                        .map(found -> new SegmentPreview(n, found, null, true, null, null)));
    }

    private static Uni<List<UUID>> examples(SqlClient client, Rule rule, Moment moment, UUID @Nullable [] among) {
        Binds binds = new Binds();
        String matching = RuleCompiler.customers(rule, moment, among, binds);
        return client.preparedQuery(matching + " limit " + SegmentApi.SAMPLE_MAX)
                .execute(binds.tuple())
                .map(rows -> Rows.list(rows, row -> row.getUUID("customer_id")));
    }

    /** By what a sample of the base says. */
    Uni<SegmentPreview> preview(SqlClient client, Rule rule, Moment moment, PreviewSample.Sample sample) {
        Binds binds = new Binds();
        UUID[] among = sample.customers().toArray(UUID[]::new);
        String sql = PREVIEW.formatted(RuleCompiler.customers(rule, moment, among, binds), SegmentApi.SAMPLE_MAX);
        return client.preparedQuery(sql)
                .execute(binds.tuple())
                .map(rows -> rows.iterator().next())
                .map(row -> sample.preview(row.getLong("customers"), List.of(row.getArrayOfUUIDs("sample"))));
    }

    /** Against who is in the segment now. */
    Uni<SegmentPreview> preview(SqlClient client, Rule rule, Moment moment, UUID segmentId) {
        Binds binds = new Binds();
        String sql = PREVIEW_CHANGE.formatted(
                RuleCompiler.customers(rule, moment, null, binds), SegmentApi.SAMPLE_MAX, binds.bind(segmentId));
        return client.preparedQuery(sql).execute(binds.tuple()).map(rows -> {
            Row row = rows.iterator().next();
            return preview(
                    row,
                    new SegmentChange(
                            row.getLong("entering"),
                            row.getLong("leaving"),
                            List.of(row.getArrayOfUUIDs("entering_sample")),
                            List.of(row.getArrayOfUUIDs("leaving_sample"))));
        });
    }

    private static SegmentPreview preview(Row row, @Nullable SegmentChange change) {
        return new SegmentPreview(
                row.getLong("customers"), List.of(row.getArrayOfUUIDs("sample")), change, true, null, null);
    }

    private Segment segment(Row row) {
        OffsetDateTime read = row.getOffsetDateTime("read_at");
        return new Segment(
                row.getUUID("id"),
                new SegmentDraft(row.getString("name"), row.getString("description"), read(row.getString("rule"))),
                row.getLong("customers_count"),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant(),
                read == null ? null : read.toInstant());
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
