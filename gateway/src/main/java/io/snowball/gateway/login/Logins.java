package io.snowball.gateway.login;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.snowball.gateway.login.UserSql.Credentials;
import io.snowball.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Is it you? The answer to a wrong password, an unknown login and a disabled user is one and the same. */
@ApplicationScoped
public class Logins {
    private final UserSql users;
    private final FailureSql failures;
    private final Passwords passwords;

    Logins(UserSql users, FailureSql failures, Passwords passwords) {
        this.users = users;
        this.failures = failures;
        this.passwords = passwords;
    }

    public Uni<User> check(String typedLogin, String password) {
        String login = typedLogin.toLowerCase(Locale.ROOT);
        return failures.count(login)
                .invoke(Logins::refuseWhileLocked)
                .chain(() -> users.findCredentials(login))
                .chain(found -> verify(found, password))
                .call(() -> failures.forget(login));
    }

    private static void refuseWhileLocked(Duration locked) {
        if (locked.isPositive()) {
            int seconds = Math.toIntExact(Math.max(1, locked.toSeconds()));
            throw new ProblemException(
                    UserProblem.ACCOUNT_LOCKED,
                    "After too many wrong passwords this login is locked; try again in " + (seconds / 60 + 1) + " min",
                    List.of(),
                    seconds);
        }
    }

    private Uni<User> verify(Optional<Credentials> found, String password) {
        String hash = found.map(Credentials::passwordHash).orElse(passwords.hashOfNobody());
        return passwords.matches(password, hash).map(matches -> {
            Optional<User> user = found.map(Credentials::user);
            if (!matches || user.isEmpty() || user.get().disabled()) {
                Log.infof("Sign-in was refused, userId=%s", user.map(User::id).orElse(null));
                throw UserProblem.WRONG_CREDENTIALS.with("Check both; after a few wrong passwords the login is locked");
            }
            Log.infof("User signed in, userId=%s", user.get().id());
            return user.get();
        });
    }
}
