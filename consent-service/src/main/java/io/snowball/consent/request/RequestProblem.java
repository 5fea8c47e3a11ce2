package io.snowball.consent.request;

import io.snowball.platform.problem.ProblemType;

enum RequestProblem implements ProblemType {
    REQUEST_NOT_FOUND("subject-request-not-found", 404, "There is no such request"),
    PAPER_NOT_FOUND("subject-request-paper-not-found", 404, "The request has no such document"),
    REQUEST_CLOSED("subject-request-closed", 409, "The request is answered already"),
    IDENTITY_UNCONFIRMED(
            "identity-not-confirmed", 409, "It is not known whose data they are: check the identity first"),
    NOT_EXTENDABLE("term-not-extendable", 409, "The law does not let this term be put off"),
    EXTENDED_BEFORE("term-extended-before", 409, "The term was put off already: the law allows it once"),
    TERM_OVER("term-over", 409, "The term is over: it could be put off before that only"),
    RECEIVED_IN_FUTURE("received-in-the-future", 400, "A request can't have been received in the future");

    private final String slug;
    private final int status;
    private final String title;

    RequestProblem(String slug, int status, String title) {
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
