package io.snowball.gateway;

import io.snowball.platform.problem.Problem;
import io.snowball.platform.problem.ProblemException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** A problem as the platform's mappers would write it, for what never reaches a resource. */
public final class ProblemAnswer {
    private ProblemAnswer() {}

    public static void send(RoutingContext context, ProblemException problem) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            // Too late for an answer: cutting the connection tells the caller that what it has is not all.
            response.reset();
            return;
        }
        JsonObject body = new JsonObject()
                .put("type", "/problems/" + problem.type().slug())
                .put("title", problem.type().title())
                .put("status", problem.type().status());
        if (problem.getMessage() != null) {
            body.put("detail", problem.getMessage());
        }
        body.put("instance", context.request().path());
        if (problem.retryAfterSeconds() != null) {
            response.putHeader(
                    HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds().toString());
        }
        if (problem.type().status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        response.setStatusCode(problem.type().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(body.toBuffer());
    }
}
