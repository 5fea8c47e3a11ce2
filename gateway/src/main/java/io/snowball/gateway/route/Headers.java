package io.snowball.gateway.route;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What may pass the door, in either direction. */
final class Headers {
    /** RFC 9110, section 7.6.1: between two neighbours only. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect");

    /** Who the caller is, and where from, is what we found out and not what it says. */
    private static final Set<String> OURS = Set.of("host", "authorization", "cookie", "forwarded", "via");

    private static final String FORWARDED = "x-forwarded-";
    private static final String INTERNAL = "x-snowball-";

    private Headers() {}

    static void request(HttpServerRequest from, MultiMap to) {
        Set<String> named = namedByConnection(from.headers());
        from.headers().forEach((name, value) -> {
            String key = name.toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(key)
                    && !OURS.contains(key)
                    && !named.contains(key)
                    && !key.startsWith(FORWARDED)
                    && !key.startsWith(INTERNAL)) {
                to.add(name, value);
            }
        });
        if (from.isEnded()) {
            // Its body, if it had one, has been read; who sends that on says how long it is.
            to.remove(HttpHeaders.CONTENT_LENGTH);
        }
        to.set("X-Forwarded-For", from.remoteAddress().hostAddress());
        to.set("X-Forwarded-Proto", from.scheme());
        if (from.authority() != null) {
            to.set("X-Forwarded-Host", from.authority().toString());
        }
    }

    /** The answer's own headers win over those that the door has set. */
    static void response(MultiMap from, MultiMap to) {
        Set<String> named = namedByConnection(from);
        Set<String> seen = new HashSet<>();
        from.forEach((name, value) -> {
            String key = name.toLowerCase(Locale.ROOT);
            if (HOP_BY_HOP.contains(key) || named.contains(key) || key.equals("set-cookie")) {
                return;
            }
            if (seen.add(key)) {
                to.set(name, value);
            } else {
                to.add(name, value);
            }
        });
    }

    private static Set<String> namedByConnection(MultiMap headers) {
        Set<String> names = new HashSet<>();
        for (String value : headers.getAll("connection")) {
            for (String name : value.split(",")) {
                names.add(name.trim().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
