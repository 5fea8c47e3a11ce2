package io.snowball.gateway.login;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.snowball.gateway.login.UserSql.Credentials;
import io.snowball.gateway.secondfactor.SecondFactorProblem;
import io.snowball.gateway.secondfactor.SecondFactors;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.snowball.platform.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Is it you? The answer to a wrong password, an unknown login and a disabled user is one and the same. */
@ApplicationScoped
public class Logins {
    private static final String STRANGERS = "this login is locked for addresses that have not signed in with it before";

    private final UserSql users;
    private final FailureSql failures;
    private final Passwords passwords;
    private final SecondFactors factors;

    Logins(UserSql users, FailureSql failures, Passwords passwords, SecondFactors factors) {
        this.factors = factors;
        this.users = users;
        this.failures = failures;
        this.passwords = passwords;
    }

    /**
     * @param code of the second factor; a wrong one counts like a wrong password
     * @param address the caller's; null where there is none
     */
    public Uni<User> check(String login, String password, @Nullable String code, @Nullable String address) {
        Attempt attempt = Attempt.of(login, address);
        return password(attempt, password)
                .call(user -> secondFactor(user, code, attempt))
                .call(() -> failures.forget(attempt))
                .invoke(user -> Log.infof("User signed in, userId=%s", user.id()));
    }

    /** Of who is signed in. It makes nothing good: whoever has a password must not get to guess codes by it. */
    public Uni<User> confirm(String login, String password, @Nullable String address) {
        Attempt attempt = Attempt.of(login, address);
        return password(attempt, password).call(() -> failures.takeBack(attempt));
    }

    /**
     * The same with a code of the second factor, of the app or from paper; it is used up by it, and a wrong one counts like a wrong
     * password.
     */
    public Uni<User> confirm(String login, String password, String code, @Nullable String address) {
        Attempt attempt = Attempt.of(login, address);
        return password(attempt, password)
                .call(user -> user.secondFactor()
                        ? secondFactor(user, code, attempt)
                        : failures.takeBack(attempt).invoke(() -> {
                            throw SecondFactors.none();
                        }))
                .call(() -> failures.takeBack(attempt));
    }

    private Uni<Void> secondFactor(User user, @Nullable String code, Attempt attempt) {
        if (!user.secondFactor()) {
            return Uni.createFrom().voidItem();
        }
        if (code == null) {
            return failures.takeBack(attempt).invoke(() -> {
                throw SecondFactorProblem.CODE_REQUIRED.with(
                        "Send the code that your app shows as code, or a recovery code");
            });
        }
        return factors.accept(user.id(), code)
                .invoke(accepted -> {
                    if (!accepted) {
                        Log.infof("A second factor was refused, userId=%s", user.id());
                        throw SecondFactorProblem.WRONG_CODE.with(
                                "Wait for the next code of your app; after a few wrong ones the login is locked");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<User> password(Attempt attempt, String password) {
        // The source comes first: one that is locked out writes no rows for logins that it makes up.
        return failures.countSource(attempt)
                .invoke(locked -> refuse(locked, CommonProblem.TOO_MANY_REQUESTS, "your address is locked out"))
                .chain(() -> failures.countLogin(attempt))
                .invoke(locked -> refuse(locked, UserProblem.ACCOUNT_LOCKED, "this login is locked for your address"))
                .chain(() -> failures.countStrangers(attempt))
                .invoke(locked -> refuse(locked, UserProblem.ACCOUNT_LOCKED, STRANGERS))
                .chain(() -> users.findCredentials(attempt.login()))
                .chain(found -> verify(found, password));
    }

    private static void refuse(Duration locked, ProblemType type, String what) {
        if (locked.isPositive()) {
            int seconds = Math.toIntExact(Math.max(1, locked.toSeconds()));
            String detail = "After too many wrong passwords " + what + "; try again in " + (seconds / 60 + 1) + " min";
            throw new ProblemException(type, detail, List.of(), seconds);
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
            return user.get();
        });
    }
}
