package io.snowball.campaign.smtp;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one message. {@code code} is the SMTP reply code, 0 where the server said nothing; {@code enhancedCode} as in RFC 3463
 * ("5.1.1"); {@code text} is the reply or our reason, at most 300 characters and without addresses, so it may be stored and shown.
 */
public record Outcome(
        UUID id, Fate fate, Step step, int code, @Nullable String enhancedCode, String text) {

    static Outcome of(UUID id, Step step, Reply reply) {
        Fate fate = reply.isPositive() ? Fate.ACCEPTED : reply.isTransient() ? Fate.DEFERRED : Fate.REJECTED;
        return new Outcome(id, fate, step, reply.code(), reply.enhancedCode(), reply.text());
    }

    static Outcome local(UUID id, Fate fate, Step step, String reason) {
        return new Outcome(id, fate, step, 0, null, reason);
    }
}
