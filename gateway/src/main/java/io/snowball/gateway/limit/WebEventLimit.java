package io.snowball.gateway.limit;

import io.snowball.gateway.GatewayConfig;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What anybody may send to {@code /w/events}: so much from one address, generously, since a mobile operator has thousands of people
 * behind one; and so much of one visitor, wherever it comes from.
 */
@ApplicationScoped
public class WebEventLimit {
    private static final Pattern VISITOR =
            Pattern.compile("\"visitorId\"\\s*:\\s*\"([0-9a-f-]{36})\"", Pattern.CASE_INSENSITIVE);

    private final RateLimit byAddress;
    private final RateLimit byVisitor;

    WebEventLimit(GatewayConfig config, Clock clock) {
        this.byAddress = new RateLimit(config.limits().webEventsByAddress(), clock);
        this.byVisitor = new RateLimit(config.limits().webEventsByVisitor(), clock);
    }

    /** @return why this may not pass now */
    public Optional<ProblemException> refusal(@Nullable String address, Buffer body) {
        Duration wait = byAddress.take(Source.of(address));
        Matcher visitor = VISITOR.matcher(body.toString());
        if (wait.isZero() && visitor.find()) {
            wait = byVisitor.take(visitor.group(1).toLowerCase(Locale.ROOT));
        }
        return wait.isZero() ? Optional.empty() : Optional.of(tooOften(wait));
    }

    private static ProblemException tooOften(Duration wait) {
        int seconds = wholeSeconds(wait);
        return new ProblemException(
                CommonProblem.TOO_MANY_REQUESTS,
                "Send up to 20 events in one request, and the next request in " + seconds + " s",
                List.of(),
                seconds);
    }

    /** Rounded up: whoever is told to wait 0 s comes back at once. */
    static int wholeSeconds(Duration wait) {
        return Math.toIntExact(wait.plusNanos(999_999_999).toSeconds());
    }
}
