package io.snowball.customer.feedback;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Questions in SQL. */
@ApplicationScoped
class QuestionSql {
    // Two who word one question at once make two versions of it, not one.
    /* language=PostgreSQL */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended('feedback question ' || $1, 0))";

    /* language=PostgreSQL */
    private static final String QUESTION = """
            select id, code, language, version, kind, wording, items, created_at
            from feedback_question
            """;

    private static final String LATEST = QUESTION + """
            where code = $1
            order by language = $2 desc, version desc
            limit 1
            """;

    private static final String BY_ID = QUESTION + "where id = any($1)";

    private static final String PAGE = QUESTION + """
            where $1::uuid is null or id < $1
            order by id desc
            limit $2
            """;

    /* language=PostgreSQL */
    private static final String STORE = """
            insert into feedback_question (id, code, language, version, kind, wording, items, created_at, created_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """;

    Uni<Void> lock(SqlConnection tx, String code) {
        return tx.preparedQuery(LOCK).execute(Params.of(code)).replaceWithVoid();
    }

    /** The last version in this language; in another, where there is none in this. */
    Uni<Optional<Question>> latest(SqlConnection tx, String code, String language) {
        return tx.preparedQuery(LATEST)
                .execute(Params.of(code, language))
                .map(rows -> Rows.first(rows, QuestionSql::question));
    }

    Uni<List<Question>> byId(SqlClient client, Collection<UUID> ids) {
        return client.preparedQuery(BY_ID)
                .execute(Params.of((Object) ids.toArray(UUID[]::new)))
                .map(rows -> Rows.list(rows, QuestionSql::question));
    }

    Uni<List<Question>> page(SqlClient client, @Nullable UUID before, int limit) {
        return client.preparedQuery(PAGE)
                .execute(Params.of(before, limit))
                .map(rows -> Rows.list(rows, QuestionSql::question));
    }

    Uni<Void> store(SqlConnection tx, Question question, String by) {
        return tx.preparedQuery(STORE)
                .execute(Params.of(
                        question.id(),
                        question.code(),
                        question.language(),
                        question.version(),
                        question.kind().name(),
                        question.wording(),
                        question.items().toArray(String[]::new),
                        question.createdAt().atOffset(ZoneOffset.UTC),
                        by))
                .replaceWithVoid();
    }

    private static Question question(Row row) {
        return new Question(
                row.getUUID("id"),
                row.getString("code"),
                row.getString("language"),
                row.getInteger("version"),
                FeedbackKind.valueOf(row.getString("kind")),
                row.getString("wording"),
                List.of(row.getArrayOfStrings("items")),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
