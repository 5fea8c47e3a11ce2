package io.snowball.customer.merge;

import io.snowball.platform.problem.ProblemType;

enum MergeProblem implements ProblemType {
    UNKNOWN_CUSTOMER("unknown-customer", 404, "There is no such customer"),
    ALREADY_ONE("already-one-customer", "The two are one customer already"),
    ALREADY_UNMERGED("already-unmerged", "The merge has been undone before"),
    MERGED_ON("merged-on", "The customer who stayed has been merged or erased since"),
    ALREADY_DECIDED("already-decided", "The pair has been decided on before");

    private final String slug;
    private final int status;
    private final String title;

    MergeProblem(String slug, String title) {
        this(slug, 409, title);
    }

    MergeProblem(String slug, int status, String title) {
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
