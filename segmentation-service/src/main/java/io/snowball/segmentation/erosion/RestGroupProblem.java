package io.snowball.segmentation.erosion;

import io.snowball.platform.problem.ProblemType;

enum RestGroupProblem implements ProblemType {
    KEPT_FOR_EVER("rest-group-kept", 409, "The rest group can't be changed");

    private final String slug;
    private final int status;
    private final String title;

    RestGroupProblem(String slug, int status, String title) {
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
