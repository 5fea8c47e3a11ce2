package io.snowball.customer.deal;

import io.snowball.platform.problem.ProblemType;
import org.jspecify.annotations.Nullable;

enum DealProblem implements ProblemType {
    PIPELINE_NAME_TAKEN("pipeline-name-taken", "Another pipeline has this name", "uq_pipeline__name"),
    STAGE_IN_USE("stage-in-use", "There are deals at a stage that is to be taken out", null),
    DEAL_CLOSED("deal-closed", "The deal is won or lost", null),
    DEAL_OPEN("deal-open", "The deal is open", null),
    CUSTOMER_BLOCKED("customer-blocked", "The customer's data are blocked", null);

    private final String slug;
    private final String title;
    private final @Nullable String constraint;

    DealProblem(String slug, String title, @Nullable String constraint) {
        this.slug = slug;
        this.title = title;
        this.constraint = constraint;
    }

    @Override
    public String slug() {
        return slug;
    }

    @Override
    public int status() {
        return 409;
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
