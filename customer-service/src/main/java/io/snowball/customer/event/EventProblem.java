package io.snowball.customer.event;

import io.snowball.platform.problem.ProblemType;

enum EventProblem implements ProblemType {
    TYPE_INCOMPATIBLE("event-type-incompatible", 409, "Stored events would lose their meaning");

    private final String slug;
    private final int status;
    private final String title;

    EventProblem(String slug, int status, String title) {
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
