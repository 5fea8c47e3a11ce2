package io.snowball.platform.access;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Where the records of a service go: over HTTP to consent-service, and in there straight into its log. */
public interface AccessSink {
    /** When it completes, the records are kept; records that came before already are passed over. */
    Uni<Void> take(String source, List<AccessRecord> records);
}
