package io.snowball.customer.exports;

import io.snowball.platform.problem.ProblemType;

enum ExportProblem implements ProblemType {
    FOUR_EYES("four-eyes", 403, "Somebody else has to approve it"),
    NOT_YOURS("export-not-yours", 403, "The export is not yours"),
    NOT_AWAITING_APPROVAL("export-not-awaiting-approval", 409, "The export does not wait for approval"),
    NOT_READY("export-not-ready", 409, "There is no file to download");

    private final String slug;
    private final int status;
    private final String title;

    ExportProblem(String slug, int status, String title) {
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
