package io.snowball.platform.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * Announces a change in the transaction that makes it. Statements that make many changes write {@code feed_event} themselves, in
 * the same CTE (see customer-service's import).
 */
@ApplicationScoped
public class Outbox {
    /* language=PostgreSQL */
    private static final String APPEND = """
            insert into feed_event (subject, type, occurred_at, data)
            select e.subject, e.type, $4, e.data::jsonb
            from unnest($1::uuid[], $2::text[], $3::text[]) as e (subject, type, data)
            """;

    private final ObjectMapper json;
    private final Clock clock;

    Outbox(ObjectMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /** @param data a record of facts and ids; no name, e-mail address or phone number */
    public record Entry(UUID subject, String type, Object data) {}

    public Uni<Void> append(SqlConnection tx, UUID subject, String type, Object data) {
        return append(tx, List.of(new Entry(subject, type, data)));
    }

    public Uni<Void> append(SqlConnection tx, List<Entry> entries) {
        if (entries.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(APPEND)
                .execute(Params.of(
                        Params.uuids(entries, Entry::subject),
                        Params.texts(entries, Entry::type),
                        Params.texts(entries, entry -> write(entry.data())),
                        OffsetDateTime.now(clock)))
                .replaceWithVoid();
    }

    private String write(Object data) {
        try {
            return json.writeValueAsString(data);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException("Feed data must be JSON", failure);
        }
    }
}
