package io.snowball.customer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.Problem;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The content of an import may be gigabytes, anything else only what JSON needs. The framework knows one limit for all, which is
 * set to that of imports; this lowers it for all other paths.
 */
@ApplicationScoped
class BodyLimits {
    private static final Pattern IMPORT_CONTENT = Pattern.compile("/api/v1/imports/[^/]+/content");

    private final long maxJsonBody;
    private final String refusal;

    BodyLimits(CustomerConfig config, ObjectMapper json) {
        this.maxJsonBody = config.maxJsonBody().asLongValue();
        CommonProblem type = CommonProblem.PAYLOAD_TOO_LARGE;
        try {
            this.refusal = json.writeValueAsString(new Problem(
                    "/problems/" + type.slug(),
                    type.title(),
                    type.status(),
                    "Send at most " + maxJsonBody + " bytes at once",
                    null,
                    null,
                    List.of()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void limit(@Observes Router router) {
        // Right behind the framework's own limit, and before anything reads the body.
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1).handler(this::check);
    }

    private void check(RoutingContext request) {
        if (IMPORT_CONTENT.matcher(request.normalizedPath()).matches()) {
            request.next();
            return;
        }
        request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, maxJsonBody);
        String length = request.request().getHeader("Content-Length");
        if (length == null || Long.parseLong(length) <= maxJsonBody) {
            request.next();
            return;
        }
        request.response()
                .setStatusCode(CommonProblem.PAYLOAD_TOO_LARGE.status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("Connection", "close")
                .end(refusal);
    }
}
