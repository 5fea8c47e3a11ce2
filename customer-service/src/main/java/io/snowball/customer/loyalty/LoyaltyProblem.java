package io.snowball.customer.loyalty;

import io.snowball.platform.problem.ProblemType;

enum LoyaltyProblem implements ProblemType {
    TOO_MANY_RULES("too-many-loyalty-rules", 409, "There can be no more rules at once"),
    RULE_ENDED("loyalty-rule-ended", 409, "The rule has ended");

    private final String slug;
    private final int status;
    private final String title;

    LoyaltyProblem(String slug, int status, String title) {
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
