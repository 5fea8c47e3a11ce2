package io.snowball.gateway.route;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.snowball.gateway.GatewayConfig;
import io.snowball.gateway.secondfactor.SecondFactorProblem;
import io.snowball.gateway.token.Caller;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.security.InternalTokens;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.Set;

/** Hangs the table of routes on the door. */
@ApplicationScoped
class ApiRoutes {
    /** What we serve ourselves takes a few short fields, of signing in from anybody. */
    private static final long OWN_BODY_MAX = 16 << 10;

    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final Forwarder forwarder;
    private final InternalTokens tokens;
    private final Allowance document;
    private final Allowance file;
    private final Allowance own;

    ApiRoutes(Forwarder forwarder, InternalTokens tokens, GatewayConfig config) {
        this.forwarder = forwarder;
        this.tokens = tokens;
        GatewayConfig.Limits limits = config.limits();
        this.document = new Allowance(limits.body().asLongValue(), limits.bodyTime());
        this.file = new Allowance(limits.importBody().asLongValue(), limits.importBodyTime());
        this.own = new Allowance(OWN_BODY_MAX, limits.publicBodyTime());
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
                            caller -> forward(context, service.get(), caller),
                            () -> BodyLimit.drainThen(
                                    context, CommonProblem.UNAUTHORIZED.with("Send a token: Authorization: Bearer …")));
        }
    }

    private void forward(RoutingContext context, String service, Caller caller) {
        if (caller.secondFactorDue()) {
            BodyLimit.drainThen(
                    context,
                    SecondFactorProblem.DUE.with(
                            "POST /api/v1/second-factor, then confirm it by the code of your app"));
            return;
        }
        forwarder.forward(
                context,
                service,
                tokens.forUser(caller.id(), caller.login(), caller.roles()),
                Routes.isFileUpload(context.normalizedPath()) ? file : document);
    }

    private void own(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.version() == HttpVersion.HTTP_2) {
            ownByHttp2(context);
            return;
        }
        BodyLimit.readThen(context, own, body -> {
            // Where the framework looks for a body that was read before it came.
            ((RoutingContextInternal) context).setBody(body);
            context.next();
        });
    }

    /** The framework can't take over a request of HTTP/2 that was read before; but here the caller is held to the length it announces. */
    private void ownByHttp2(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (WITH_BODY.contains(request.method()) && request.getHeader(HttpHeaders.CONTENT_LENGTH) == null) {
            BodyLimit.drainThen(context, CommonProblem.LENGTH_REQUIRED.with("Send a Content-Length header"));
        } else if (BodyLimit.announced(request) > own.bytes()) {
            BodyLimit.refuse(context, own);
        } else {
            context.next();
        }
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
