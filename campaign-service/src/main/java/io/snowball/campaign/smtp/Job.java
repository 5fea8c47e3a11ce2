package io.snowball.campaign.smtp;

import org.jspecify.annotations.Nullable;

/** One message on its way through the client. */
final class Job {
    private final Batch batch;
    private final int index;
    private final Envelope envelope;
    private @Nullable WireMessage wire;
    private @Nullable Outcome refusal;
    private int resends;

    Job(Batch batch, int index, Envelope envelope) {
        this.batch = batch;
        this.index = index;
        this.envelope = envelope;
    }

    Batch batch() {
        return batch;
    }

    Envelope envelope() {
        return envelope;
    }

    WireMessage wire() {
        WireMessage prepared = wire;
        if (prepared == null) {
            prepared = WireMessage.of(envelope.message());
            wire = prepared;
        }
        return prepared;
    }

    /** What the server said against this message in the present attempt; the first word counts, the rest follow from it. */
    @Nullable
    Outcome refusal() {
        return refusal;
    }

    Outcome refuse(Step step, Reply reply) {
        Outcome first = refusal;
        if (first == null) {
            first = Outcome.of(envelope.id(), step, reply);
            // 530, 535, 538: the server wants TLS or a login. That is a fault of the settings, not of this message.
            boolean settings = step == Step.MAIL && (reply.code() == 530 || reply.code() == 535 || reply.code() == 538);
            if (settings) {
                first = new Outcome(first.id(), Fate.DEFERRED, step, first.code(), first.enhancedCode(), first.text());
            }
            refusal = first;
        }
        return first;
    }

    /** Takes one of the resends and says whether there was one. */
    boolean takeResend(int resendsMax) {
        refusal = null;
        return resends++ < resendsMax;
    }

    void settle(Outcome outcome) {
        wire = null;
        batch.settle(index, outcome);
    }

    void settle(Fate fate, Step step, String reason) {
        settle(Outcome.local(envelope.id(), fate, step, reason));
    }
}
