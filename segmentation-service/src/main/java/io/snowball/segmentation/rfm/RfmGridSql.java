package io.snowball.segmentation.rfm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.rfm.RfmGridApi.RfmGridBody;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of declared grids. */
@ApplicationScoped
class RfmGridSql {
    private static final String COLUMNS = "id, definition::text as definition, version, created_at, updated_at";

    // The number of grids is looked at by the statement that adds one; two at the same moment may get past it by one.
    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into rfm_grid (id, name, definition, version, created_at, updated_at)
            select $1, $2, $3::text::jsonb, 1, $4, $4
            where (select count(*) from rfm_grid) < $5
            """;

    /* language=PostgreSQL */
    private static final String REPLACE = """
            update rfm_grid set name = $2, definition = $3::text::jsonb, updated_at = $4, version = version + 1
            where id = $1 and version = $5
            """;

    /* language=PostgreSQL */
    private static final String DELETE = "delete from rfm_grid where id = $1";

    /* language=PostgreSQL */
    private static final String FIND = "select " + COLUMNS + " from rfm_grid where id = $1";

    /* language=PostgreSQL */
    private static final String LIST = "select " + COLUMNS + """
             from rfm_grid
            where $1::uuid is null or id > $1
            order by id
            limit $2
            """;

    private final ObjectMapper json;

    RfmGridSql(ObjectMapper json) {
        this.json = json;
    }

    /** @return false where there are {@code max} already */
    Uni<Boolean> insert(SqlClient client, UUID id, RfmGridBody grid, Instant now, int max) {
        return client.preparedQuery(INSERT)
                .execute(Params.of(id, grid.name(), write(grid), now.atOffset(ZoneOffset.UTC), max))
                .map(rows -> rows.rowCount() == 1);
    }

    /** @return false where the version is no longer this one */
    Uni<Boolean> replace(SqlClient client, UUID id, int version, RfmGridBody grid, Instant now) {
        return client.preparedQuery(REPLACE)
                .execute(Params.of(id, grid.name(), write(grid), now.atOffset(ZoneOffset.UTC), version))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Boolean> delete(SqlClient client, UUID id) {
        return client.preparedQuery(DELETE).execute(Params.of(id)).map(rows -> rows.rowCount() == 1);
    }

    Uni<Optional<RfmGrid>> find(SqlClient client, UUID id) {
        return client.preparedQuery(FIND).execute(Params.of(id)).map(rows -> Rows.first(rows, this::grid));
    }

    Uni<List<RfmGrid>> list(SqlClient client, @Nullable UUID after, int limit) {
        return client.preparedQuery(LIST).execute(Params.of(after, limit)).map(rows -> Rows.list(rows, this::grid));
    }

    private RfmGrid grid(Row row) {
        return new RfmGrid(
                row.getUUID("id"),
                read(row.getString("definition")),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private RfmGridBody read(String definition) {
        try {
            return json.readValue(definition, RfmGridBody.class);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A stored grid can't be read", failure);
        }
    }

    private String write(RfmGridBody grid) {
        try {
            return json.writeValueAsString(grid);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
