package io.snowball.consent.decision;

import io.snowball.platform.problem.ProblemType;

enum StopProblem implements ProblemType {
    STOP_NOT_FOUND("contact-stop-not-found", 404, "There is no such stop");

    private final String slug;
    private final int status;
    private final String title;

    StopProblem(String slug, int status, String title) {
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
