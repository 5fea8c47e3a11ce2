package io.snowball.gateway.route;

import io.snowball.gateway.GatewayConfig;
import io.snowball.gateway.ProblemAnswer;
import io.snowball.platform.SnowballConfig;
import io.snowball.platform.problem.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes a request to a sibling and its answer back. */
@ApplicationScoped
public class Forwarder {
    private static final int CONNECT_TIMEOUT_MS = 3_000;
    private static final int CONNECTIONS_MAX = 256;
    private static final int WAITING_MAX = 2_000;

    private final HttpClient client;
    private final SnowballConfig config;

    Forwarder(Vertx vertx, SnowballConfig snowball, GatewayConfig config) {
        this.config = snowball;
        // The time is of silence, not of the whole: a long upload may take as long as it moves.
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_TIMEOUT_MS)
                        .setIdleTimeout(Math.toIntExact(config.timeout().toMillis()))
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setMaxWaitQueueSize(WAITING_MAX),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX));
    }

    /** @param bearer the internal token, or null where nobody signed in */
    public void forward(RoutingContext context, String service, @Nullable String bearer, Allowance allowance) {
        new Exchange(context, service, allowance).start(client, target(context, service, bearer), null);
    }

    /**
     * For the public. A short body is read to its end before a connection to the sibling is taken: a few hundred slow ones would
     * else hold all that there are.
     */
    public void forwardWhenRead(RoutingContext context, String service, Allowance allowance, Check check) {
        BodyLimit.readThen(
                context,
                allowance,
                body -> check.refusal(body)
                        .ifPresentOrElse(
                                problem -> ProblemAnswer.send(context, problem),
                                () -> new Exchange(context, service, allowance)
                                        .start(client, target(context, service, null), body)));
    }

    /** Says why a request may not pass, knowing its body. */
    public interface Check {
        Check NONE = _ -> Optional.empty();

        Optional<ProblemException> refusal(Buffer body);
    }

    private RequestOptions target(RoutingContext context, String service, @Nullable String bearer) {
        URI peer = URI.create(config.peer(service));
        boolean tls = "https".equals(peer.getScheme());
        int standardPort = tls ? 443 : 80;
        String query = context.request().query();
        RequestOptions options = new RequestOptions()
                .setMethod(context.request().method())
                .setHost(peer.getHost())
                .setPort(peer.getPort() < 0 ? standardPort : peer.getPort())
                .setSsl(tls)
                // The path that the route was chosen by, and not as it was spelled: the sibling must not read it
                // otherwise.
                .setURI(query == null ? context.normalizedPath() : context.normalizedPath() + "?" + query);
        var headers = io.vertx.core.MultiMap.caseInsensitiveMultiMap();
        Headers.request(context.request(), headers);
        if (bearer != null) {
            headers.set("Authorization", "Bearer " + bearer);
        }
        return options.setHeaders(headers);
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
