package io.snowball.consent.recipient;

import io.snowball.platform.problem.ProblemType;

enum NoticeProblem implements ProblemType {
    NOTICE_NOT_FOUND("recipient-notice-not-found", 404, "There is no such notice"),
    NOT_SENT("recipient-notice-not-sent", 409, "A notice is sent first and acknowledged after"),
    DONE_ALREADY("recipient-notice-done", 409, "This was recorded already");

    private final String slug;
    private final int status;
    private final String title;

    NoticeProblem(String slug, int status, String title) {
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
