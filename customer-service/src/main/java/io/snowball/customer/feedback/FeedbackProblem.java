package io.snowball.customer.feedback;

import io.snowball.platform.problem.ProblemType;

enum FeedbackProblem implements ProblemType {
    OTHER_KIND("feedback-question-of-other-kind", 409, "The code is of a question of another kind");

    private final String slug;
    private final int status;
    private final String title;

    FeedbackProblem(String slug, int status, String title) {
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
