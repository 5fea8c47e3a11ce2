package io.snowball.consent.destruction;

import io.snowball.platform.problem.ProblemType;
import org.jspecify.annotations.Nullable;

enum DestructionProblem implements ProblemType {
    DESTRUCTION_NOT_FOUND("destruction-not-found", 404, "There is no such destruction", null),
    PROOF_NOT_FOUND(
            "destruction-proof-not-found", 404, "There is no act: it is not done, or three years have passed", null),
    RUNNING_ALREADY(
            "destruction-running", 409, "A destruction of this person's data is under way", "uq_destruction__running"),
    NOT_PROPOSED("destruction-not-proposed", 409, "Only a proposed destruction is approved or rejected", null);

    private final String slug;
    private final int status;
    private final String title;
    private final @Nullable String constraint;

    DestructionProblem(String slug, int status, String title, @Nullable String constraint) {
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
