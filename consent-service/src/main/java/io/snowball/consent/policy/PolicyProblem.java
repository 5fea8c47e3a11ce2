package io.snowball.consent.policy;

import io.snowball.platform.problem.ProblemType;
import org.jspecify.annotations.Nullable;

enum PolicyProblem implements ProblemType {
    VERSION_NOT_FOUND("policy-version-not-found", 404, "The policy has no such version in this language"),
    VERSION_OUT_OF_ORDER("policy-version-out-of-order", 409, "A new version takes effect after the one before it");

    private final String slug;
    private final int status;
    private final String title;

    PolicyProblem(String slug, int status, String title) {
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

    @Override
    public @Nullable String constraint() {
        return null;
    }
}
