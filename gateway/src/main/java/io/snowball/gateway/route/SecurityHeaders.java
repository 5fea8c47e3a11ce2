package io.snowball.gateway.route;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.snowball.platform.SnowballConfig;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What browsers are told with every answer. A sibling's answer may say otherwise for its own pages. */
@ApplicationScoped
class SecurityHeaders {
    /** Before the check of tokens, so that a 401 carries them too. */
    private static final int PRIORITY = 400;

    private static final String OWN_PAGES =
            "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
    /** Swagger UI writes its settings and styles into the page. */
    private static final String SWAGGER =
            OWN_PAGES + "; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'";
    /** The pages behind public links stand alone: no scripts, styles inside. */
    private static final String PUBLIC_PAGES =
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private final boolean tls;

    SecurityHeaders(SnowballConfig config) {
        this.tls = config.publicUrl().startsWith("https:");
    }

    void register(@Observes Filters filters) {
        filters.register(this::add, PRIORITY);
    }

    private void add(RoutingContext context) {
        String path = context.normalizedPath();
        MultiMap headers = context.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        // An address may hold the token of a public link.
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Content-Security-Policy", policy(path));
        if (tls) {
            headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
        if (path.startsWith("/api/")) {
            headers.set("Cache-Control", "no-store");
        }
        context.next();
    }

    private static String policy(String path) {
        if (path.startsWith("/q/")) {
            return SWAGGER;
        }
        return path.startsWith("/u/") || path.startsWith("/p/") || path.startsWith("/y/") ? PUBLIC_PAGES : OWN_PAGES;
    }
}
