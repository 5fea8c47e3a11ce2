package io.snowball.platform.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.SnowballConfig;
import io.snowball.platform.db.Params;
import io.snowball.platform.problem.ProblemException;
import io.snowball.platform.security.Roles;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * What happened here, for the siblings, after the HTTP Feeds convention (www.http-feeds.org): CloudEvents in order, long polling.
 */
@Path("/feed")
@Tag(name = "Feed")
@RolesAllowed(Roles.SERVICE)
class FeedResource {
    private static final String MEDIA_TYPE = "application/cloudevents-batch+json";
    private static final Pattern ID = Pattern.compile("(\\d{1,18})-(\\d{1,18})");
    private static final Duration POLL = Duration.ofMillis(100);
    private static final JsonFactory JSON = new JsonFactory();

    // Below the oldest running transaction nothing can be added any more: what is shown is final.
    /* language=PostgreSQL */
    private static final String READ = """
            select tx, position, subject, type, occurred_at, data::text as data
            from feed_event
            where (tx, position) > ($1, $2)
              and tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
            order by tx, position
            limit $3
            """;

    // What has happened and may not be shown yet, because an older transaction still runs.
    /* language=PostgreSQL */
    private static final String HELD = """
            select min(occurred_at) as since
            from feed_event
            where tx >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint
            """;

    /** On an empty page: when the oldest event happened that a long transaction holds back. */
    static final String HELD_SINCE = "Snowball-Held-Since";

    private final Pool pool;
    private final String source;

    FeedResource(Pool pool, SnowballConfig config) {
        this.pool = pool;
        this.source = "/" + config.service();
    }

    @GET
    @Produces(MEDIA_TYPE)
    @Operation(
            operationId = "listFeedEvents",
            summary = "What happened, in order",
            description =
                    "CloudEvents after lastEventId. Waits up to timeout seconds for the first one. For sibling services only.")
    @APIResponse(
            responseCode = "200",
            description = "Events in order; none where nothing happened in time",
            headers =
                    @Header(
                            name = HELD_SINCE,
                            description =
                                    "On an empty page: since when a long transaction holds events back; absent where none does",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time")),
            content =
                    @Content(
                            mediaType = MEDIA_TYPE,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = CloudEvent.class)))
    public Uni<RestResponse<byte[]>> read(
            @RestQuery
                    @Parameter(description = "id of the last event that was applied; absent: from the beginning")
                    @Nullable
                    String lastEventId,
            @RestQuery @DefaultValue("1000") @Min(1) @Max(5000) int limit,
            @RestQuery @DefaultValue("0") @Min(0) @Max(30) @Parameter(description = "seconds to wait for news")
                    int timeout) {
        Position after = Position.parse(lastEventId);
        long deadline = System.nanoTime() + Duration.ofSeconds(timeout).toNanos();
        return page(after, limit, deadline)
                .chain(rows -> rows.size() > 0 ? Uni.createFrom().item(answer(rows, null)) : held(rows));
    }

    private Uni<RestResponse<byte[]>> held(RowSet<Row> none) {
        return pool.query(HELD)
                .execute()
                .map(rows -> answer(none, rows.iterator().next().getOffsetDateTime("since")));
    }

    private RestResponse<byte[]> answer(RowSet<Row> rows, @Nullable OffsetDateTime heldSince) {
        var answer = RestResponse.ResponseBuilder.ok(write(rows));
        if (heldSince != null) {
            answer.header(HELD_SINCE, heldSince.toInstant().toString());
        }
        return answer.build();
    }

    private Uni<RowSet<Row>> page(Position after, int limit, long deadline) {
        return pool.preparedQuery(READ)
                .execute(Params.of(after.tx(), after.position(), limit))
                .chain(rows -> rows.size() > 0 || System.nanoTime() >= deadline
                        ? Uni.createFrom().item(rows)
                        : Uni.createFrom()
                                .item(rows)
                                .onItem()
                                .delayIt()
                                .by(POLL)
                                .chain(() -> page(after, limit, deadline)));
    }

    private byte[] write(RowSet<Row> rows) {
        // Data is already JSON text in the database: written raw, this is four times as fast as building it again.
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(rows.size() * 300 + 16);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartArray();
            for (Row row : rows) {
                out.writeStartObject();
                out.writeStringField("specversion", "1.0");
                out.writeStringField("id", row.getLong("tx") + "-" + row.getLong("position"));
                out.writeStringField("source", source);
                out.writeStringField("type", row.getString("type"));
                out.writeStringField("subject", row.getUUID("subject").toString());
                out.writeStringField(
                        "time", row.getOffsetDateTime("occurred_at").toInstant().toString());
                out.writeFieldName("data");
                out.writeRawValue(row.getString("data"));
                out.writeEndObject();
            }
            out.writeEndArray();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Only for the contract: the rows are written without it. */
    @Schema(name = "CloudEvent", description = "https://github.com/cloudevents/spec, version 1.0")
    record CloudEvent(
            @NotNull String specversion,

            @Schema(examples = "7412-99", description = "The cursor of the feed") @NotNull
            String id,

            @NotNull String source,

            @Schema(examples = "order.changed") @NotNull String type,

            @NotNull UUID subject,
            @NotNull Instant time,

            @Schema(type = SchemaType.OBJECT, description = "The state after the change, by type: docs/architecture.md")
            @NotNull
            Object data) {}

    record Position(long tx, long position) {
        static Position parse(@Nullable String id) {
            if (id == null || id.isEmpty()) {
                return new Position(0, 0);
            }
            Matcher parts = ID.matcher(id);
            if (!parts.matches()) {
                throw ProblemException.invalidField(
                        "lastEventId", "unknown-event", "Pass the id of an event of this feed");
            }
            return new Position(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
        }
    }
}
