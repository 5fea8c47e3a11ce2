package io.snowball.gateway.login;

import io.smallrye.mutiny.Uni;
import io.snowball.gateway.login.UserApi.CreateUser;
import io.snowball.gateway.login.UserApi.UpdateUser;
import io.snowball.gateway.login.UserApi.UserView;
import io.snowball.gateway.login.UserSql.Change;
import io.snowball.gateway.secondfactor.SecondFactorProblem;
import io.snowball.gateway.secondfactor.SecondFactors;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.Constraints;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Who may come in. */
@ApplicationScoped
public class Users {
    /** A disabled user is out within this time at every replica. */
    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    private final UserSql sql;
    private final FailureSql failures;
    private final Passwords passwords;
    private final SecondFactors factors;
    private final Idempotency idempotency;
    private final Clock clock;
    // One entry per user who came lately, and a company has few.
    private final Map<UUID, Remembered> remembered = new ConcurrentHashMap<>();

    Users(
            UserSql sql,
            FailureSql failures,
            Passwords passwords,
            SecondFactors factors,
            Idempotency idempotency,
            Clock clock) {
        this.factors = factors;
        this.sql = sql;
        this.failures = failures;
        this.passwords = passwords;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    private record Remembered(User user, Instant until) {}

    /** The user as of half a minute ago at the latest: asked for on every request. */
    public Uni<Optional<User>> current(UUID id) {
        Remembered known = remembered.get(id);
        if (known != null && clock.instant().isBefore(known.until())) {
            return Uni.createFrom().item(Optional.of(known.user()));
        }
        return sql.find(id).invoke(found -> remember(id, found));
    }

    Uni<RestResponse<UserView>> create(@Nullable UUID key, CreateUser body) {
        String login = body.login().toLowerCase(Locale.ROOT);
        PasswordPolicy.check(login, body.password());
        // The key is bound to all but the password: what is kept of the request is a plain hash, easy to guess against.
        Object request = List.of(login, new TreeSet<>(body.roles()));
        return passwords
                .hash(body.password())
                .chain(hash -> idempotency
                        .once("createUser", key, request, UserView.class, tx -> insert(tx, login, body.roles(), hash))
                        .onFailure()
                        .transform(Constraints.to(UserProblem.values())));
    }

    Uni<User> get(UUID id) {
        return sql.find(id).map(Users::orNotFound);
    }

    Uni<Keyset<User>> list(int limit, @Nullable String cursor) {
        List<String> after = Cursor.decode(cursor, 1);
        return sql.list(after == null ? null : Cursor.asUuid(after.getFirst()), limit + 1)
                .map(rows -> Keyset.of(rows, limit, user -> List.of(user.id().toString())));
    }

    Uni<User> update(UUID id, UpdateUser body) {
        String password = body.password();
        if (password == null) {
            return store(id, new Change(body.roles(), body.disabled(), null));
        }
        return get(id).invoke(user -> PasswordPolicy.check(user.login(), password))
                .chain(() -> passwords.hash(password))
                .chain(hash -> store(id, new Change(body.roles(), body.disabled(), hash)));
    }

    /** Who has lost the telephone and the paper signs in with the password, and sets up a new factor. */
    Uni<Void> resetSecondFactor(UUID id, String by) {
        if (id.toString().equals(by)) {
            throw SecondFactorProblem.OWN_FACTOR.with("Use a recovery code, or ask another admin");
        }
        return sql.inTransaction(tx -> factors.remove(tx, id)
                        .chain(() -> sql.endSessions(tx, id, clock.instant()))
                        .map(Users::orNotFound))
                .invoke(() -> changed(id))
                .replaceWithVoid();
    }

    /** What was remembered of the user holds no longer. */
    public void changed(UUID id) {
        remembered.remove(id);
    }

    private Uni<Reply<UserView>> insert(SqlConnection tx, String login, Set<String> roles, String hash) {
        Instant now = clock.instant();
        User user = new User(Ids.next(), login, roles, false, 1, false, now, now);
        return sql.insert(tx, user, hash).replaceWith(Reply.created("/api/v1/users/" + user.id(), UserView.of(user)));
    }

    private Uni<User> store(UUID id, Change change) {
        return sql.inTransaction(tx -> sql.lockAdmins(tx)
                        .chain(() -> sql.update(tx, id, change, clock.instant()))
                        .map(Users::orNotFound)
                        .call(user -> change.opensAnew()
                                ? failures.forget(tx, user.login())
                                : Uni.createFrom().voidItem())
                        .call(() -> sql.hasActiveAdmin(tx).invoke(Users::refuseWithoutAdmin)))
                .invoke(() -> changed(id));
    }

    private static void refuseWithoutAdmin(boolean hasAdmin) {
        if (!hasAdmin) {
            throw UserProblem.LAST_ADMIN.with("Make another user admin first");
        }
    }

    private void remember(UUID id, Optional<User> found) {
        found.ifPresentOrElse(
                user -> remembered.put(id, new Remembered(user, clock.instant().plus(REMEMBERED))),
                () -> remembered.remove(id));
    }

    private static User orNotFound(Optional<User> found) {
        return found.orElseThrow(() -> new ProblemException(CommonProblem.NOT_FOUND, "There is no such user"));
    }
}
