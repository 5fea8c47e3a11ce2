package io.snowball.platform.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What has been recorded and not been taken over by consent-service yet. */
@ApplicationScoped
class AccessOutbox {
    /* language=PostgreSQL */
    private static final String APPEND = """
            insert into access_outbox (id, data)
            select r.id, r.data from unnest($1::uuid[], $2::text[]) as r (id, data)
            """;

    /* language=PostgreSQL */
    private static final String OLDEST = "select data from access_outbox order by id limit $1";

    /* language=PostgreSQL */
    private static final String FORGET = "delete from access_outbox where id = any($1)";

    private final Pool pool;
    private final ObjectMapper json;

    AccessOutbox(Pool pool, ObjectMapper json) {
        this.pool = pool;
        this.json = json;
    }

    Uni<Void> append(List<AccessRecord> records) {
        return append(pool, records);
    }

    Uni<Void> append(SqlClient client, List<AccessRecord> records) {
        return client.preparedQuery(APPEND)
                .execute(Params.of(Params.uuids(records, AccessRecord::id), Params.texts(records, this::write)))
                .replaceWithVoid();
    }

    Uni<List<AccessRecord>> oldest(int limit) {
        return pool.preparedQuery(OLDEST)
                .execute(Params.of(limit))
                .map(rows -> Rows.list(rows, row -> read(row.getString("data"))));
    }

    Uni<Void> forget(List<AccessRecord> records) {
        return pool.preparedQuery(FORGET)
                .execute(Params.of((Object) Params.uuids(records, AccessRecord::id)))
                .replaceWithVoid();
    }

    private String write(AccessRecord entry) {
        try {
            return json.writeValueAsString(entry);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private AccessRecord read(String data) {
        try {
            return json.readValue(data, AccessRecord.class);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A record of the access log can't be read", failure);
        }
    }
}
