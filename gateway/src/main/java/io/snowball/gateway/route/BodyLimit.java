package io.snowball.gateway.route;

import io.snowball.gateway.ProblemAnswer;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/** Says no to what is too large in a way that the caller can hear. */
final class BodyLimit {
    /** Read and thrown away at most: many callers listen only after they have sent everything. */
    private static final long DRAINED_MAX = 64L << 20;

    private BodyLimit() {}

    /** @return zero where the length is not known before the end */
    static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException _) {
            return Long.MAX_VALUE;
        }
    }

    static boolean hasBody(HttpServerRequest request) {
        return announced(request) > 0
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || (request.version() == HttpVersion.HTTP_2 && !request.isEnded());
    }

    static void refuse(RoutingContext context, long bodyMax) {
        ProblemException problem =
                CommonProblem.PAYLOAD_TOO_LARGE.with("The body may have " + bodyMax + " bytes at most");
        drainThen(context, problem);
    }

    /** Answers when the caller has sent what it had to, or cuts it off where that is too much. */
    static void drainThen(RoutingContext context, ProblemException problem) {
        HttpServerRequest request = context.request();
        if (request.isEnded() || !hasBody(request)) {
            ProblemAnswer.send(context, problem);
            return;
        }
        if (request.version() != HttpVersion.HTTP_2) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        if (request.headers().contains(HttpHeaders.EXPECT)) {
            // It waits for our word before it sends anything.
            ProblemAnswer.send(context, problem);
            return;
        }
        long[] drained = new long[1];
        request.handler(chunk -> {
            drained[0] += chunk.length();
            if (drained[0] > DRAINED_MAX) {
                request.handler(null);
                ProblemAnswer.send(context, problem);
            }
        });
        request.endHandler(_ -> ProblemAnswer.send(context, problem));
        request.resume();
    }
}
