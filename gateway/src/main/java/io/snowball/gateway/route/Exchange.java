package io.snowball.gateway.route;

import io.quarkus.logging.Log;
import io.snowball.platform.problem.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way: the body goes on as it comes and waits where the next cannot take more, the answer likewise. Whoever
 * goes away first takes the other with it. All of it runs on one event loop.
 */
final class Exchange {
    private static final int RETRY_AFTER_SECONDS = 5;

    private final RoutingContext context;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final String service;
    private final Allowance allowance;
    private final Vertx vertx;
    private long received;
    private long timer = -1;
    private boolean answered;
    /** Some of the body came after the answer and went nowhere. */
    private boolean dropped;

    private @Nullable Buffer body;
    private @Nullable HttpClientRequest onward;

    Exchange(RoutingContext context, String service, Allowance allowance) {
        this.context = context;
        this.request = context.request();
        this.response = context.response();
        this.service = service;
        this.allowance = allowance;
        this.vertx = context.vertx();
    }

    /** @param read the whole body, where it has been read already */
    void start(HttpClient client, RequestOptions target, @Nullable Buffer read) {
        body = read;
        // One that was read before is not paused: paused it would not count as ended.
        if (!request.isEnded()) {
            request.pause();
        }
        if (BodyLimit.announced(request) > allowance.bytes()) {
            BodyLimit.refuse(context, allowance);
            return;
        }
        response.closeHandler(_ -> abandon());
        client.request(target)
                .onSuccess(this::send)
                .onFailure(failure -> fail(failure, service + "-service does not answer; try again in a moment"));
    }

    private void send(HttpClientRequest out) {
        onward = out;
        if (response.closed()) {
            abandon();
            return;
        }
        out.response().onSuccess(this::answer).onFailure(this::failAfterSending);
        out.exceptionHandler(this::failAfterSending);
        Buffer whole = body;
        if (whole != null && whole.length() > 0) {
            out.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(whole.length()));
            out.end(whole);
            return;
        }
        if (!BodyLimit.hasBody(request)) {
            readOn();
            out.end();
            return;
        }
        if (!request.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            out.setChunked(true);
        }
        timer = vertx.setTimer(allowance.time().toMillis(), _ -> cutOff(out));
        request.exceptionHandler(_ -> abandon());
        request.handler(chunk -> pass(chunk, out));
        request.endHandler(_ -> {
            vertx.cancelTimer(timer);
            finish(out);
        });
        BodyLimit.goOn(context);
        request.resume();
    }

    /**
     * The sibling may have answered before it had all: a request that is never ended would hold one of the connections to it until the
     * silence is too long.
     */
    private void finish(HttpClientRequest out) {
        if (!dropped) {
            out.end();
        } else if (response.ended()) {
            out.reset();
        } else {
            response.endHandler(_ -> out.reset());
        }
    }

    private void pass(Buffer chunk, HttpClientRequest out) {
        received += chunk.length();
        if (answered) {
            dropped = true;
            // The sibling said no before it had all: the rest goes nowhere.
            if (received > allowance.bytes()) {
                request.connection().close();
            }
            return;
        }
        if (received > allowance.bytes()) {
            answered = true;
            vertx.cancelTimer(timer);
            out.reset();
            BodyLimit.refuse(context, allowance);
            return;
        }
        out.write(chunk);
        if (out.writeQueueFull()) {
            request.pause();
            out.drainHandler(_ -> readOn());
        }
    }

    private void cutOff(HttpClientRequest out) {
        if (answered) {
            // The sibling said no before it had all, and the caller goes on sending.
            request.connection().close();
            return;
        }
        answered = true;
        out.reset();
        BodyLimit.refuseSlow(context, allowance.time());
    }

    /** HTTP/2 takes it amiss when a request is read on that is over. */
    private void readOn() {
        if (!request.isEnded()) {
            request.resume();
        }
    }

    private void answer(HttpClientResponse in) {
        if (answered) {
            return;
        }
        answered = true;
        readOn();
        response.setStatusCode(in.statusCode());
        Headers.response(in.headers(), response.headers());
        boolean hasLength = in.headers().contains(HttpHeaders.CONTENT_LENGTH);
        if (HttpMethod.HEAD.equals(request.method()) || in.statusCode() == 204 || in.statusCode() == 304) {
            response.end();
            return;
        }
        if (!hasLength) {
            response.setChunked(true);
        }
        in.pipe().endOnFailure(false).to(response).onFailure(failure -> {
            // A chunked answer that just ended would pass for a whole one.
            Log.infof("Answer of %s was cut off: %s", service, failure.getMessage());
            response.reset();
        });
    }

    private void failAfterSending(Throwable failure) {
        boolean safe = HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
        fail(
                failure,
                service + "-service did not answer. "
                        + (safe
                                ? "Try again in a moment"
                                : "The request may have been carried out: look before you repeat it, or repeat it with the"
                                        + " same Idempotency-Key"));
    }

    private void fail(Throwable failure, String detail) {
        if (answered) {
            return;
        }
        answered = true;
        vertx.cancelTimer(timer);
        // The message may name the address of the sibling; it is for our log only.
        Log.warnf("%s could not be reached: %s", service, failure.getMessage());
        BodyLimit.drainThen(context, ProblemException.unavailable(detail, RETRY_AFTER_SECONDS));
    }

    private void abandon() {
        vertx.cancelTimer(timer);
        HttpClientRequest out = onward;
        if (out != null && !response.ended()) {
            answered = true;
            out.reset();
        }
    }
}
