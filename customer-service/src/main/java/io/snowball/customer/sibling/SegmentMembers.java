package io.snowball.customer.sibling;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** Who is in a segment, page by page in the order of the ids. */
@ApplicationScoped
public class SegmentMembers {
    private static final String SIBLING = "segmentation";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final SegmentRestClient segments;

    SegmentMembers(@RestClient SegmentRestClient segments) {
        this.segments = segments;
    }

    /** @param nextAfter where the next page begins; absent on the last */
    public record Page(List<UUID> customerIds, @Nullable UUID nextAfter) {}

    /** @throws UnknownSegment where segmentation-service knows no such segment */
    public Uni<Page> after(UUID segmentId, @Nullable UUID after, int limit) {
        return segments.members(segmentId, after, limit)
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure()
                .transform(failure -> unknown(failure) ? new UnknownSegment() : SiblingException.of(SIBLING, failure))
                .map(page -> new Page(List.copyOf(page.items()), page.nextAfter()));
    }

    private static boolean unknown(Throwable failure) {
        return failure instanceof WebApplicationException answer
                && answer.getResponse().getStatus() == 404;
    }

    public static final class UnknownSegment extends RuntimeException {
        UnknownSegment() {
            super("There is no such segment");
        }
    }
}
