package io.snowball.launcher.mailbox;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One HTTP answer with the headers that keep a mail's content harmless. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(int status, String type, byte[] body, String policy) {
    private static final String NOTHING_ALLOWED = "default-src 'none'; frame-ancestors 'none'";

    static Answer empty(int status) {
        return new Answer(status, "", new byte[0], NOTHING_ALLOWED);
    }

    static Answer problem(int status, String sentence) {
        // Our own sentences only: none has a character that JSON would want escaped.
        String body = "{\"type\":\"about:blank\",\"title\":\"" + sentence + "\",\"status\":" + status + "}";
        return new Answer(status, "application/problem+json", body.getBytes(StandardCharsets.UTF_8), NOTHING_ALLOWED);
    }

    void send(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", policy);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        if (!type.isEmpty()) {
            headers.set("Content-Type", type);
        }
        boolean bodiless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }
}
