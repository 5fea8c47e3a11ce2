package io.snowball.consent.incident;

import io.snowball.platform.problem.ProblemType;

enum IncidentProblem implements ProblemType {
    INCIDENT_NOT_FOUND("incident-not-found", 404, "There is no such incident"),
    DISCOVERED_IN_FUTURE("discovered-in-the-future", 400, "Nothing is discovered in the future"),
    SENT_ALREADY("incident-sent", 409, "This was sent already, and what was sent is not changed"),
    NOTICE_FIRST("incident-notice-first", 409, "The first notice goes before the result");

    private final String slug;
    private final int status;
    private final String title;

    IncidentProblem(String slug, int status, String title) {
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
