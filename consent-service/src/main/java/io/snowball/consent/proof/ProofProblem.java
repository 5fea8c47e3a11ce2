package io.snowball.consent.proof;

import io.snowball.platform.problem.ProblemType;

enum ProofProblem implements ProblemType {
    NOTHING_TO_PROVE("nothing-to-prove", 404, "There is nothing to prove about this customer");

    private final String slug;
    private final int status;
    private final String title;

    ProofProblem(String slug, int status, String title) {
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
