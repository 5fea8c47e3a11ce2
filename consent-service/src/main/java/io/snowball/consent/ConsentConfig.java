package io.snowball.consent;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.ZoneId;
import java.util.Optional;

/** The settings of this service; {@code consent.operator.name} is {@code CONSENT_OPERATOR_NAME} in the environment. */
@ConfigMapping(prefix = "consent")
public interface ConsentConfig {
    Operator operator();

    /**
     * Under this key addresses and numbers are hashed for the stop-lists and the ledger. Set it before the key between the
     * services is ever changed: hashes under another key match nothing.
     */
    @WithDefault("${snowball.internal-key}")
    String identifierKey();

    /** The company that people give their consent to. */
    interface Operator {
        /** As customers know it; the unsubscribe page says whose messages stop. Without it the page says it without a name. */
        Optional<String> name();

        /** Where the operator is: whose days the terms of the law are counted in. */
        @WithDefault("Europe/Moscow")
        ZoneId zone();
    }
}
