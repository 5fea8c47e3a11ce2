package io.snowball.gateway.login;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class UserSql {
    private static final String COLUMNS = """
            id, login, roles, disabled, token_version, created_at, changed_at,
            exists (select from second_factor f where f.user_id = user_account.id and f.confirmed_at is not null) as second_factor""";

    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into user_account
              (id, login, password_hash, roles, disabled, token_version, created_at, changed_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    // Whoever is let in again, or has a new password, signs in anew.
    /* language=PostgreSQL */
    private static final String UPDATE = """
            update user_account
            set roles = coalesce($2, roles),
                disabled = coalesce($3, disabled),
                password_hash = coalesce($4, password_hash),
                token_version = token_version + case when $4::text is not null or $3 then 1 else 0 end,
                changed_at = $5
            where id = $1
            returning\s""" + COLUMNS;

    private final Pool pool;

    UserSql(Pool pool) {
        this.pool = pool;
    }

    record Credentials(User user, String passwordHash) {}

    /** What an admin changes; null stays as it is. */
    record Change(
            @Nullable Set<String> roles,
            @Nullable Boolean disabled,
            @Nullable String passwordHash) {
        /** An admin lets the user in: earlier wrong passwords are in nobody's way any more. */
        boolean opensAnew() {
            return passwordHash != null || Boolean.FALSE.equals(disabled);
        }
    }

    <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(work);
    }

    Uni<Optional<User>> find(UUID id) {
        return find(pool, id);
    }

    Uni<Optional<User>> find(SqlClient client, UUID id) {
        return client.preparedQuery("select " + COLUMNS + " from user_account where id = $1")
                .execute(Params.of(id))
                .map(rows -> Rows.first(rows, UserSql::user));
    }

    Uni<Optional<Credentials>> findCredentials(String login) {
        return pool.preparedQuery("select " + COLUMNS + ", password_hash from user_account where login = $1")
                .execute(Params.of(login))
                .map(rows -> Rows.first(rows, row -> new Credentials(user(row), row.getString("password_hash"))));
    }

    Uni<List<User>> list(@Nullable UUID after, int limit) {
        return pool.preparedQuery("select " + COLUMNS + """
                         from user_account
                        where $1::uuid is null or id > $1
                        order by id
                        limit $2
                        """)
                .execute(Params.of(after, limit))
                .map(rows -> Rows.list(rows, UserSql::user));
    }

    Uni<Boolean> isEmpty() {
        return pool.query("select not exists (select from user_account) as is_empty")
                .execute()
                .map(rows -> rows.iterator().next().getBoolean("is_empty"));
    }

    Uni<Void> insert(SqlClient client, User user, String passwordHash) {
        return insert(client, INSERT, user, passwordHash);
    }

    /** Replicas that start together all find an empty table. */
    Uni<Void> insertIfNew(User user, String passwordHash) {
        return insert(pool, INSERT + " on conflict (login) do nothing", user, passwordHash);
    }

    private static Uni<Void> insert(SqlClient client, String sql, User user, String passwordHash) {
        return client.preparedQuery(sql)
                .execute(Params.of(
                        user.id(),
                        user.login(),
                        passwordHash,
                        array(user.roles()),
                        user.disabled(),
                        user.tokenVersion(),
                        at(user.createdAt()),
                        at(user.changedAt())))
                .replaceWithVoid();
    }

    /** Until the end of the transaction nobody else changes who is an admin. */
    Uni<Void> lockAdmins(SqlClient client) {
        return client.query("select pg_advisory_xact_lock(hashtextextended('user_account.admins', 0))")
                .execute()
                .replaceWithVoid();
    }

    Uni<Boolean> hasActiveAdmin(SqlClient client) {
        return client.query(
                        "select exists (select from user_account where not disabled and 'admin' = any(roles)) as present")
                .execute()
                .map(rows -> rows.iterator().next().getBoolean("present"));
    }

    Uni<Optional<User>> update(SqlClient client, UUID id, Change change, Instant now) {
        return client.preparedQuery(UPDATE)
                .execute(Params.of(
                        id,
                        change.roles() == null ? null : array(change.roles()),
                        change.disabled(),
                        change.passwordHash(),
                        at(now)))
                .map(rows -> Rows.first(rows, UserSql::user));
    }

    /** Sessions of before end. */
    Uni<Optional<User>> endSessions(SqlClient client, UUID id, Instant now) {
        return client.preparedQuery(
                        "update user_account set token_version = token_version + 1, changed_at = $2 where id = $1 returning "
                                + COLUMNS)
                .execute(Params.of(id, at(now)))
                .map(rows -> Rows.first(rows, UserSql::user));
    }

    private static User user(Row row) {
        return new User(
                row.getUUID("id"),
                row.getString("login"),
                Collections.unmodifiableSet(new TreeSet<>(List.of(row.getArrayOfStrings("roles")))),
                row.getBoolean("disabled"),
                row.getInteger("token_version"),
                row.getBoolean("second_factor"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("changed_at").toInstant());
    }

    private static String[] array(Set<String> roles) {
        return roles.stream().sorted().toArray(String[]::new);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
