package io.snowball.gateway.route;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.snowball.gateway.GatewayConfig;
import io.snowball.gateway.token.Caller;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.security.InternalTokens;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** Hangs the table of routes on the door. */
@ApplicationScoped
class ApiRoutes {
    /** Where the framework looks for the limit of a body whose length is not announced. */
    private static final String MAX_REQUEST_SIZE_KEY = "io.quarkus.max-request-size";

    private final Forwarder forwarder;
    private final InternalTokens tokens;
    private final long bodyMax;
    private final long fileMax;

    ApiRoutes(Forwarder forwarder, InternalTokens tokens, GatewayConfig config) {
        this.forwarder = forwarder;
        this.tokens = tokens;
        this.bodyMax = config.limits().body().asLongValue();
        this.fileMax = config.limits().importBody().asLongValue();
    }

    void register(@Observes Router router) {
        router.route("/api/*").order(RouteConstants.ROUTE_ORDER_BEFORE_DEFAULT).handler(this::route);
        router.route().order(Integer.MAX_VALUE).handler(notFound());
    }

    private void route(RoutingContext context) {
        String path = context.normalizedPath();
        Optional<String> service = Routes.service(path);
        if (service.isEmpty()) {
            refuse(context);
        } else if (service.get().equals(Routes.OWN)) {
            own(context);
        } else {
            Caller.of(context)
                    .ifPresentOrElse(
                            caller -> forwarder.forward(
                                    context,
                                    service.get(),
                                    tokens.mint(caller.id(), caller.login(), caller.roles()),
                                    Routes.isFileUpload(path) ? fileMax : bodyMax),
                            () -> BodyLimit.drainThen(
                                    context, CommonProblem.UNAUTHORIZED.with("Send a token: Authorization: Bearer …")));
        }
    }

    private void own(RoutingContext context) {
        if (BodyLimit.announced(context.request()) > bodyMax) {
            BodyLimit.refuse(context, bodyMax);
            return;
        }
        context.put(MAX_REQUEST_SIZE_KEY, bodyMax);
        context.next();
    }

    private static void refuse(RoutingContext context) {
        BodyLimit.drainThen(
                context,
                CommonProblem.NOT_FOUND.with("This address leads nowhere: see /q/swagger-ui for those that do"));
    }

    private static Handler<RoutingContext> notFound() {
        return ApiRoutes::refuse;
    }
}
