package io.snowball.segmentation.cluster;

import io.snowball.platform.problem.ProblemType;

enum ClusterProblem implements ProblemType {
    TOO_LITTLE_DATA("too-little-data", 409, "There are too few buyers to group");

    private final String slug;
    private final int status;
    private final String title;

    ClusterProblem(String slug, int status, String title) {
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
