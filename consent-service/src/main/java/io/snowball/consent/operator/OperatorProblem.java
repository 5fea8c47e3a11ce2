package io.snowball.consent.operator;

import io.snowball.platform.problem.ProblemType;
import org.jspecify.annotations.Nullable;

enum OperatorProblem implements ProblemType {
    OPERATOR_UNKNOWN("operator-unknown", 409, "The operator's requisites are not recorded", null),
    SINCE_TAKEN("operator-details-exist", 409, "There are requisites from this very moment", "pk_operator_details");

    private final String slug;
    private final int status;
    private final String title;
    private final @Nullable String constraint;

    OperatorProblem(String slug, int status, String title, @Nullable String constraint) {
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
