package io.snowball.gateway.token;

import io.snowball.platform.problem.ProblemType;

enum TokenProblem implements ProblemType {
    LOGIN_AT_PROVIDER("login-at-provider", 403, "Sign in at the OpenID Connect provider");

    private final String slug;
    private final int status;
    private final String title;

    TokenProblem(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
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
}
