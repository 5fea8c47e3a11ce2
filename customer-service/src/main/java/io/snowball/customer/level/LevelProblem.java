package io.snowball.customer.level;

import io.snowball.platform.problem.ProblemType;
import org.jspecify.annotations.Nullable;

enum LevelProblem implements ProblemType {
    TOO_MANY_LEVELS("too-many-loyalty-levels", 409, "There can be no more levels at once"),
    RANK_TAKEN("loyalty-level-rank-taken", 409, "Another level has this rank", "uq_loyalty_level__rank");

    private final String slug;
    private final int status;
    private final String title;
    private final @Nullable String constraint;

    LevelProblem(String slug, int status, String title) {
        this(slug, status, title, null);
    }

    LevelProblem(String slug, int status, String title, @Nullable String constraint) {
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
