package io.snowball.customer.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Types of events in SQL. */
@ApplicationScoped
@RegisterForReflection(targets = {EventType.Field.class, EventType.Field[].class})
class EventTypeSql {
    /* language=PostgreSQL */
    private static final String TYPE = """
            select name, fields::text as fields, retention_days, from_web, built_in
            from event_type
            """;

    private static final String NAMED = TYPE + "where name = any($1)";

    private static final String LOCKED = TYPE + "where name = $1\nfor update";

    private static final String PAGE = TYPE + "where ($1::text is null or name > $1)\norder by name\nlimit $2";

    /* language=PostgreSQL */
    private static final String STORE = """
            insert into event_type (name, fields, retention_days, from_web, built_in)
            values ($1, ($2::text)::jsonb, $3, $4, false)
            on conflict (name) do update set
              fields = excluded.fields, retention_days = excluded.retention_days, from_web = excluded.from_web
            """;

    private final ObjectMapper json;

    EventTypeSql(ObjectMapper json) {
        this.json = json;
    }

    Uni<List<EventType>> named(SqlClient client, Collection<String> names) {
        return client.preparedQuery(NAMED)
                .execute(Params.of((Object) names.toArray(String[]::new)))
                .map(rows -> Rows.list(rows, this::type));
    }

    Uni<Optional<EventType>> locked(SqlConnection tx, String name) {
        return tx.preparedQuery(LOCKED).execute(Params.of(name)).map(rows -> Rows.first(rows, this::type));
    }

    Uni<List<EventType>> page(SqlClient client, @Nullable String after, int limit) {
        return client.preparedQuery(PAGE).execute(Params.of(after, limit)).map(rows -> Rows.list(rows, this::type));
    }

    Uni<Void> store(SqlConnection tx, EventType type) {
        return tx.preparedQuery(STORE)
                .execute(Params.of(type.name(), write(type.fields()), type.retentionDays(), type.fromWeb()))
                .replaceWithVoid();
    }

    private EventType type(Row row) {
        return new EventType(
                row.getString("name"),
                read(row.getString("fields")),
                row.getInteger("retention_days"),
                row.getBoolean("from_web"),
                row.getBoolean("built_in"));
    }

    private List<EventType.Field> read(String fields) {
        try {
            return List.of(json.readValue(fields, EventType.Field[].class));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String write(List<EventType.Field> fields) {
        try {
            return json.writeValueAsString(fields);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
