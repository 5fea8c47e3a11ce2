package io.snowball.consent;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;

/** The settings of this service; {@code consent.operator.name} is {@code CONSENT_OPERATOR_NAME} in the environment. */
@ConfigMapping(prefix = "consent")
public interface ConsentConfig {
    Operator operator();

    Destruction destruction();

    /**
     * Under this key addresses and numbers are hashed for the stop-lists and the ledger. Set it before the key between the
     * services is ever changed: hashes under another key match nothing.
     */
    @WithDefault("${snowball.internal-key}")
    String identifierKey();

    /**
     * The secret that the private key for seals, receipts and proofs is made from. Public keys are kept, so it may be changed:
     * what was signed before stays checkable.
     */
    @WithDefault("${snowball.internal-key}")
    String signingKey();

    /**
     * The role that owns the tables and migrates them. Where it is another than the role that the service works with, that one
     * has no right to change or delete what is append-only.
     */
    String ownerUser();

    String ownerPassword();

    /**
     * After how long without a sign of the person on their number (number-signs, answered calls) consents to advertising by it end.
     * Months or years, such as P12M. Not set: nothing is concluded from silence. Set it only where deliveries are told to us.
     */
    Optional<Period> numberSilence();

    interface Destruction {
        /** A destruction that has no act after this long is in {@code snowball_consent_destructions_late}. */
        @WithDefault("1h")
        Duration alarmAfter();
    }

    /** The company that people give their consent to. */
    interface Operator {
        /** As customers know it; the unsubscribe page says whose messages stop. Without it the page says it without a name. */
        Optional<String> name();

        /** Where the operator is: whose days the terms of the law are counted in. */
        @WithDefault("Europe/Moscow")
        ZoneId zone();
    }
}
