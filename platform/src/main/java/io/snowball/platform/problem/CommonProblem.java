package io.snowball.platform.problem;

/** The problems that every service can answer. */
public enum CommonProblem implements ProblemType {
    INVALID_REQUEST("invalid-request", 400, "The request is not valid"),
    UNAUTHORIZED("unauthorized", 401, "Sign in first"),
    FORBIDDEN("forbidden", 403, "Your role does not allow this"),
    NOT_FOUND("not-found", 404, "There is no such thing"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This resource does not support the method"),
    NOT_ACCEPTABLE("not-acceptable", 406, "The answer can't be given in the media type asked for"),
    REQUEST_TIMEOUT("request-timeout", 408, "The request did not arrive in time"),
    CONFLICT("conflict", 409, "The request conflicts with what is stored"),
    REQUEST_IN_FLIGHT("request-in-flight", 409, "A request with this Idempotency-Key is still being carried out"),
    LENGTH_REQUIRED("length-required", 411, "The length of the body must be announced"),
    STALE_VERSION("stale-version", 412, "The resource has changed since it was read"),
    PAYLOAD_TOO_LARGE("payload-too-large", 413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The media type of the request is not supported"),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", 422, "The Idempotency-Key was used with another request"),
    TOO_MANY_REQUESTS("too-many-requests", 429, "Too many requests"),
    INTERNAL("internal", 500, "Something went wrong on our side"),
    UNAVAILABLE("unavailable", 503, "A service that this needs does not answer");

    private final String slug;
    private final int status;
    private final String title;

    CommonProblem(String slug, int status, String title) {
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

    static CommonProblem ofStatus(int status) {
        for (CommonProblem problem : values()) {
            if (problem.status == status && problem != REQUEST_IN_FLIGHT) {
                return problem;
            }
        }
        return status >= 500 ? INTERNAL : INVALID_REQUEST;
    }
}
