package io.snowball.consent.block;

import io.snowball.platform.problem.ProblemType;

enum BlockProblem implements ProblemType {
    BLOCK_NOT_FOUND("processing-block-not-found", 404, "These data are not blocked");

    private final String slug;
    private final int status;
    private final String title;

    BlockProblem(String slug, int status, String title) {
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
