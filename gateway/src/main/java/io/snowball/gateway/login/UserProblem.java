package io.snowball.gateway.login;

import io.snowball.platform.problem.ProblemType;
import org.jspecify.annotations.Nullable;

enum UserProblem implements ProblemType {
    WRONG_CREDENTIALS("wrong-credentials", 401, "Login or password is wrong", null),
    ACCOUNT_LOCKED("account-locked", 429, "Too many wrong passwords", null),
    LOGIN_TAKEN("login-taken", 409, "There is a user with this login", "uq_user_account__login"),
    LAST_ADMIN("last-admin", 409, "Nobody could administer users any more", null);

    private final String slug;
    private final int status;
    private final String title;
    private final @Nullable String constraint;

    UserProblem(String slug, int status, String title, @Nullable String constraint) {
        this.slug = slug;
        this.status = status;
        this.title = title;
        this.constraint = constraint;
    }

    @Override
    public String slug() {
        return slug;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public @Nullable String constraint() {
        return constraint;
    }
}
