package io.snowball.platform.access;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** consent-service, as far as its siblings see it. */
@ApplicationScoped
public class RecordingSink implements AccessSink {
    private final List<AccessRecord> taken = new ArrayList<>();
    private boolean down;

    @Override
    public synchronized Uni<Void> take(String source, List<AccessRecord> records) {
        if (down) {
            return Uni.createFrom().failure(new IllegalStateException("consent-service is down"));
        }
        taken.addAll(records);
        return Uni.createFrom().voidItem();
    }

    synchronized void isDown(boolean now) {
        down = now;
    }

    synchronized List<AccessRecord> taken() {
        return List.copyOf(taken);
    }
}
