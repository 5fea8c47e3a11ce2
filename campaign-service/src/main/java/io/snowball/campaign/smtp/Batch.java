package io.snowball.campaign.smtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What one hand-over is about: its jobs, the caller's gate, and the outcomes as they come. Lives on the client's event loop. */
final class Batch {
    private static final Logger LOG = Logger.getLogger(Batch.class);

    private final BooleanSupplier gate;
    private final Consumer<List<Outcome>> whenDone;
    private final @Nullable Outcome[] outcomes;
    private final List<Job> jobs;
    private int open;
    private boolean stopped;

    Batch(List<Envelope> envelopes, BooleanSupplier gate, Consumer<List<Outcome>> whenDone) {
        this.gate = gate;
        this.whenDone = whenDone;
        outcomes = new Outcome[envelopes.size()];
        open = envelopes.size();
        jobs = new ArrayList<>(open);
        for (Envelope envelope : envelopes) {
            jobs.add(new Job(this, jobs.size(), envelope));
        }
    }

    List<Job> jobs() {
        return jobs;
    }

    /** Once closed, the gate stays closed for this batch. */
    boolean mayStillSend() {
        if (!stopped) {
            try {
                stopped = !gate.getAsBoolean();
            } catch (RuntimeException e) {
                LOG.error("The gate of a hand-over failed; the rest of the batch is not sent.", e);
                stopped = true;
            }
        }
        return !stopped;
    }

    void settle(int index, Outcome outcome) {
        if (outcomes[index] != null) {
            throw new IllegalStateException("Message " + outcome.id() + " was settled twice.");
        }
        outcomes[index] = outcome;
        if (--open == 0) {
            whenDone.accept(Arrays.stream(outcomes).map(Objects::requireNonNull).toList());
        }
    }
}
