package io.snowball.consent.document;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.document.PurposeApi.CreatePurpose;
import io.snowball.consent.document.PurposeApi.PurposePage;
import io.snowball.consent.document.PurposeApi.PurposeView;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.Constraints;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What consent is asked for. */
@ApplicationScoped
public class Purposes {
    /* language=PostgreSQL */
    private static final String INSERT =
            "insert into purpose (code, title, description, created_at) values ($1, $2, $3, $4)";

    /* language=PostgreSQL */
    private static final String GET = "select code, title, description, created_at from purpose where code = $1";

    /* language=PostgreSQL */
    private static final String LIST = """
            select code, title, description, created_at
            from purpose
            where code > $1
            order by code
            limit $2
            """;

    /* language=PostgreSQL */
    private static final String KNOWN = "select code from purpose where code = any($1::text[])";

    private final Pool pool;
    private final Idempotency idempotency;
    private final Clock clock;

    Purposes(Pool pool, Idempotency idempotency, Clock clock) {
        this.pool = pool;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** Which of the codes exist. */
    public Uni<Set<String>> known(SqlConnection tx, Collection<String> codes) {
        return tx.preparedQuery(KNOWN)
                .execute(Params.of((Object) codes.toArray(String[]::new)))
                .map(rows -> new HashSet<>(Rows.list(rows, row -> row.getString("code"))));
    }

    Uni<RestResponse<PurposeView>> create(@Nullable UUID key, CreatePurpose purpose) {
        return idempotency
                .once("createPurpose", key, purpose, PurposeView.class, tx -> insert(tx, purpose))
                .onFailure()
                .transform(Constraints.to(DocumentProblem.PURPOSE_EXISTS));
    }

    Uni<PurposeView> get(String code) {
        return pool.preparedQuery(GET)
                .execute(Params.of(code))
                .map(rows -> Rows.first(rows, Purposes::view)
                        .orElseThrow(
                                () -> DocumentProblem.PURPOSE_NOT_FOUND.with("List the purposes to see their codes")));
    }

    Uni<PurposePage> list(int limit, @Nullable String cursor) {
        List<String> after = Cursor.decode(cursor, 1);
        return pool.preparedQuery(LIST)
                .execute(Params.of(after == null ? "" : after.getFirst(), limit + 1))
                .map(rows -> Keyset.of(Rows.list(rows, Purposes::view), limit, last -> List.of(last.code())))
                .map(page -> new PurposePage(page.items(), page.nextCursor()));
    }

    private Uni<Reply<PurposeView>> insert(SqlConnection tx, CreatePurpose purpose) {
        var view = new PurposeView(purpose.code(), purpose.title(), purpose.description(), clock.instant());
        return tx.preparedQuery(INSERT)
                .execute(Params.of(
                        view.code(),
                        view.title(),
                        view.description(),
                        view.createdAt().atOffset(ZoneOffset.UTC)))
                .replaceWith(Reply.created("/api/v1/purposes/" + view.code(), view));
    }

    private static PurposeView view(Row row) {
        return new PurposeView(
                row.getString("code"),
                row.getString("title"),
                row.getString("description"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
