package io.snowball.consent.seal;

import io.snowball.platform.problem.ProblemType;

enum SealProblem implements ProblemType {
    VERIFICATION_NOT_FOUND("ledger-verification-not-found", 404, "There is no such verification");

    private final String slug;
    private final int status;
    private final String title;

    SealProblem(String slug, int status, String title) {
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
