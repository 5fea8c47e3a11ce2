package io.snowball.campaign.message;

import io.snowball.campaign.smtp.Outcome;
import io.snowball.campaign.smtp.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the provider's word means for a message.
 *
 * @param dueAt when to try again, where it is to be
 * @param refused whether this was one of the attempts that are counted
 */
record Settlement(
        UUID id,
        MessageState state,
        @Nullable String reason,
        @Nullable Instant dueAt,
        boolean refused) {
    /** After a connection that failed: the server's fault, not the message's, so it isn't counted. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Duration BACK_OFF_MIN = Duration.ofMinutes(1);
    private static final int DOUBLINGS_MAX = 6;

    static Settlement of(Outcome outcome, int attempts, int attemptsMax, Instant now) {
        return switch (outcome.fate()) {
            case ACCEPTED -> ended(outcome, MessageState.SENT, null);
            case REJECTED -> ended(outcome, MessageState.FAILED, code(outcome));
            case DEFERRED ->
                attempts + 1 >= attemptsMax
                        ? ended(outcome, MessageState.FAILED, code(outcome))
                        : later(outcome, now.plus(backOff(attempts)), true);
            // The gate was closed: the message stays in the batch, for the next decision.
            case NOT_SENT ->
                outcome.step() == Step.CHECK
                        ? new Settlement(outcome.id(), MessageState.CLAIMED, null, null, false)
                        : later(outcome, now.plus(PAUSE), false);
            case UNKNOWN -> ended(outcome, MessageState.UNCERTAIN, "NO_ANSWER");
        };
    }

    private static Settlement ended(Outcome outcome, MessageState state, @Nullable String reason) {
        return new Settlement(outcome.id(), state, reason, null, false);
    }

    private static Settlement later(Outcome outcome, Instant dueAt, boolean refused) {
        return new Settlement(outcome.id(), MessageState.DUE, code(outcome), dueAt, refused);
    }

    static Duration backOff(int attempts) {
        return BACK_OFF_MIN.multipliedBy(1L << Math.min(attempts, DOUBLINGS_MAX));
    }

    /** The reply's codes and never its text: servers like to quote addresses. */
    private static String code(Outcome outcome) {
        if (outcome.code() == 0) {
            return outcome.step() == Step.CHECK ? "UNSENDABLE" : "NO_CONNECTION";
        }
        return outcome.enhancedCode() == null
                ? "SMTP " + outcome.code()
                : "SMTP " + outcome.code() + " " + outcome.enhancedCode();
    }
}
