package io.snowball.campaign.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.campaign.smtp.Fate;
import io.snowball.campaign.smtp.Outcome;
import io.snowball.campaign.smtp.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettlementTest {
    private static final Instant NOW = Instant.parse("2027-03-08T07:00:00Z");
    private static final UUID ID = new UUID(0, 1);

    @Test
    void endsWhatTheServerTookOrRefused() {
        assertThat(settle(Fate.ACCEPTED, Step.END, 250, 0)).isEqualTo(ended(MessageState.SENT, null));
        assertThat(settle(Fate.REJECTED, Step.RCPT, 550, 0)).isEqualTo(ended(MessageState.FAILED, "SMTP 550 5.1.1"));
        assertThat(settle(Fate.REJECTED, Step.CHECK, 0, 0)).isEqualTo(ended(MessageState.FAILED, "UNSENDABLE"));
    }

    @Test
    void neverSendsAgainByItselfWhatMayHaveBeenTaken() {
        assertThat(settle(Fate.UNKNOWN, Step.END, 0, 0)).isEqualTo(ended(MessageState.UNCERTAIN, "NO_ANSWER"));
    }

    @Test
    void triesAgainLaterAndLaterAndGivesUpAtLast() {
        assertThat(settle(Fate.DEFERRED, Step.RCPT, 451, 0).dueAt()).isEqualTo(NOW.plus(Duration.ofMinutes(1)));
        assertThat(settle(Fate.DEFERRED, Step.RCPT, 451, 3).dueAt()).isEqualTo(NOW.plus(Duration.ofMinutes(8)));
        assertThat(settle(Fate.DEFERRED, Step.RCPT, 451, 0).refused()).isTrue();
        assertThat(settle(Fate.DEFERRED, Step.RCPT, 451, 7)).isEqualTo(ended(MessageState.FAILED, "SMTP 451 5.1.1"));
        assertThat(Settlement.backOff(1_000)).isEqualTo(Settlement.backOff(6));
    }

    @Test
    void doesNotCountAgainstAMessageThatTheConnectionBroke() {
        Settlement broken = settle(Fate.NOT_SENT, Step.CONNECT, 0, 7);
        assertThat(broken.state()).isEqualTo(MessageState.DUE);
        assertThat(broken.refused()).isFalse();
        assertThat(broken.dueAt()).isEqualTo(NOW.plus(Settlement.PAUSE));
    }

    @Test
    void keepsForTheNextDecisionWhatTheGateStopped() {
        assertThat(settle(Fate.NOT_SENT, Step.CHECK, 0, 0)).isEqualTo(ended(MessageState.CLAIMED, null));
    }

    private static Settlement settle(Fate fate, Step step, int code, int attempts) {
        return Settlement.of(new Outcome(ID, fate, step, code, code == 0 ? null : "5.1.1", "text"), attempts, 8, NOW);
    }

    private static Settlement ended(MessageState state, @Nullable String reason) {
        return new Settlement(ID, state, reason, null, false);
    }
}
