package io.snowball.gateway.publiclink;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.snowball.gateway.GatewayConfig;
import io.snowball.gateway.ProblemAnswer;
import io.snowball.gateway.limit.WebEventLimit;
import io.snowball.gateway.route.Allowance;
import io.snowball.gateway.route.Forwarder;
import io.snowball.platform.problem.CommonProblem;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Opens, clicks, unsubscribing, confirming, preferences, and what the script on the shop's pages needs. */
@ApplicationScoped
public class PublicLinks {
    /** RFC 8058 posts one short field, a web page twenty events. */
    private static final long BODY_MAX = 64 << 10;

    private static final String WEB = "/w/";
    private static final Set<HttpMethod> LOOK = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<HttpMethod> LOOK_AND_DO = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST);

    private static final List<Link> LINKS = List.of(
            new Link("/o/", "campaign", LOOK),
            new Link("/c/", "campaign", LOOK),
            new Link("/u/", "consent", LOOK_AND_DO),
            new Link("/p/", "consent", LOOK_AND_DO),
            new Link("/y/", "consent", LOOK_AND_DO),
            new Link("/snowball.", "customer", LOOK),
            new Link(WEB, "customer", LOOK_AND_DO));

    private final Forwarder forwarder;
    private final WebEventLimit webEvents;
    private final Allowance allowance;

    PublicLinks(Forwarder forwarder, WebEventLimit webEvents, GatewayConfig config) {
        this.forwarder = forwarder;
        this.webEvents = webEvents;
        this.allowance = new Allowance(BODY_MAX, config.limits().publicBodyTime());
    }

    private record Link(String prefix, String service, Set<HttpMethod> methods) {}

    /** The service that a public path goes to; a path template will do as well. */
    public static Optional<String> service(String path) {
        return LINKS.stream()
                .filter(link -> path.startsWith(link.prefix())
                        && path.length() > link.prefix().length())
                .map(Link::service)
                .findFirst();
    }

    void register(@Observes Router router) {
        for (Link link : LINKS) {
            router.route(link.prefix() + "*")
                    .order(RouteConstants.ROUTE_ORDER_BEFORE_DEFAULT)
                    .handler(context -> follow(context, link));
        }
    }

    private Forwarder.Check check(RoutingContext context, Link link) {
        return link.prefix().equals(WEB)
                ? body -> webEvents.refusal(context.request().remoteAddress().hostAddress(), body)
                : Forwarder.Check.NONE;
    }

    private void follow(RoutingContext context, Link link) {
        if (service(context.normalizedPath()).isEmpty()) {
            context.next();
            return;
        }
        if (!link.methods().contains(context.request().method())) {
            ProblemAnswer.send(
                    context, CommonProblem.METHOD_NOT_ALLOWED.with("This link can be followed, nothing else"));
            return;
        }
        forwarder.forwardWhenRead(context, link.service(), allowance, check(context, link));
    }
}
