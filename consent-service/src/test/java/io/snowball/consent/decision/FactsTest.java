package io.snowball.consent.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.consent.consent.Standing;
import io.snowball.platform.id.Ids;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Requirements r11, r12, r15, r20, r28: what follows from what is known. */
class FactsTest {
    private static final Instant MORNING = Instant.parse("2026-11-01T06:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-11-01T18:00:00Z");

    /** A consent of the morning, a stop of the time given, and which classes still go. */
    @ParameterizedTest
    @CsvSource({
        "SUBJECT_DEMAND,   evening, SERVICE TRANSACTIONAL AUTH LEGAL",
        "SUBJECT_DEMAND,   before,  ADVERTISING SERVICE TRANSACTIONAL AUTH LEGAL",
        "COMPLAINT,        evening, SERVICE TRANSACTIONAL AUTH LEGAL",
        "COMPLAINT,        before,  SERVICE TRANSACTIONAL AUTH LEGAL",
        "OPERATOR_REFUSAL, evening, ''",
        "OPERATOR_REFUSAL, before,  ''",
        "NUMBER_REISSUED,  evening, ''",
        "NUMBER_REISSUED,  before,  ADVERTISING SERVICE TRANSACTIONAL AUTH LEGAL",
        "BLOCKED,          evening, LEGAL",
        "BLOCKED,          before,  LEGAL",
        "DESTROYED,        evening, SERVICE TRANSACTIONAL AUTH LEGAL",
        "DESTROYED,        before,  ADVERTISING SERVICE TRANSACTIONAL AUTH LEGAL"
    })
    void r12r15r20AStopStandsAboveAConsentUnlessThatCameLater(StopReason reason, String when, String going) {
        for (MessageClass messageClass : MessageClass.values()) {
            Facts facts = given();
            facts.stop(new Facts.Stop(reason, when.equals("evening") ? EVENING : MORNING.minusSeconds(1)));
            Facts.Verdict verdict = facts.decide(messageClass);
            assertThat(verdict.allowed())
                    .as("%s %s", reason, messageClass)
                    .isEqualTo(going.contains(messageClass.name()));
            if (!verdict.allowed()) {
                assertThat(verdict.reason()).isEqualTo(Reason.of(reason));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Standing.class)
    void onlyAConsentThatStandsAllowsAdvertising(Standing standing) {
        Facts facts = new Facts();
        facts.advertising(new Facts.Consent(standing, Ids.next(), MORNING, Facts.Legacy.NO));
        assertThat(facts.decide(MessageClass.ADVERTISING).allowed()).isEqualTo(standing == Standing.GIVEN);
        assertThat(facts.decide(MessageClass.TRANSACTIONAL).allowed()).isTrue();
    }

    @Test
    void aConsentToAdvertisingIsNothingWithoutOneToTheProcessing() {
        Facts facts = given();
        facts.ended(new Facts.Consent(Standing.WITHDRAWN, Ids.next(), EVENING, Facts.Legacy.NO));
        assertThat(facts.decide(MessageClass.ADVERTISING).reason()).isEqualTo(Reason.BASIS_ENDED);
        assertThat(facts.decide(MessageClass.LEGAL).allowed()).isTrue();
    }

    @Test
    void r20AConsentIsForTheAddressThatItWasGivenFor() {
        Facts facts = given();
        facts.addressDiffers();
        assertThat(facts.decide(MessageClass.ADVERTISING).reason()).isEqualTo(Reason.NOT_CONFIRMED);
    }

    @Test
    void nothingKnownAllowsNoAdvertising() {
        assertThat(new Facts().decide(MessageClass.ADVERTISING).reason()).isEqualTo(Reason.NO_CONSENT);
        assertThat(MessageClass.of("whatever")).isEqualTo(MessageClass.ADVERTISING);
    }

    private static Facts given() {
        Facts facts = new Facts();
        facts.advertising(new Facts.Consent(Standing.GIVEN, Ids.next(), MORNING, Facts.Legacy.NO));
        return facts;
    }
}
