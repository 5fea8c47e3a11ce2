package io.snowball.gateway.route;

import io.snowball.gateway.ProblemAnswer;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.Consumer;

/** Says no to what is too large or too slow, in a way that the caller can hear. */
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
        return !request.isEnded()
                && (announced(request) > 0
                        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                        || request.version() == HttpVersion.HTTP_2);
    }

    /**
     * Reads a short body before anything is done for it: who sends it slowly holds nothing but a connection of its own, and that
     * not for long.
     */
    static void readThen(RoutingContext context, Allowance allowance, Consumer<Buffer> next) {
        HttpServerRequest request = context.request();
        if (announced(request) > allowance.bytes()) {
            refuse(context, allowance);
            return;
        }
        Buffer body = Buffer.buffer();
        if (!hasBody(request)) {
            next.accept(body);
            return;
        }
        long timer = refuseAfter(context, allowance.time());
        request.exceptionHandler(_ -> context.vertx().cancelTimer(timer));
        request.handler(chunk -> {
            body.appendBuffer(chunk);
            if (body.length() > allowance.bytes()) {
                context.vertx().cancelTimer(timer);
                refuse(context, allowance);
            }
        });
        request.endHandler(_ -> {
            context.vertx().cancelTimer(timer);
            next.accept(body);
        });
        goOn(context);
        request.resume();
    }

    /** Some callers wait for our word before they send anything. */
    static void goOn(RoutingContext context) {
        if ("100-continue".equalsIgnoreCase(context.request().getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
    }

    private static long refuseAfter(RoutingContext context, Duration time) {
        return context.vertx().setTimer(time.toMillis(), _ -> refuseSlow(context, time));
    }

    /** Does not wait for the rest. */
    static void refuseSlow(RoutingContext context, Duration time) {
        HttpServerRequest request = context.request();
        request.handler(null);
        request.endHandler(null);
        if (request.version() != HttpVersion.HTTP_2) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            context.addEndHandler(_ -> request.connection().close());
        }
        ProblemAnswer.send(
                context,
                CommonProblem.REQUEST_TIMEOUT.with("The body must be here within " + time.toSeconds() + " seconds"));
    }

    static void refuse(RoutingContext context, Allowance allowance) {
        ProblemException problem =
                CommonProblem.PAYLOAD_TOO_LARGE.with("The body may have " + allowance.bytes() + " bytes at most");
        drainThen(context, problem);
    }

    /** Answers when the caller has sent what it had to, or cuts it off where that is too much. */
    static void drainThen(RoutingContext context, ProblemException problem) {
        HttpServerRequest request = context.request();
        if (!hasBody(request)) {
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
