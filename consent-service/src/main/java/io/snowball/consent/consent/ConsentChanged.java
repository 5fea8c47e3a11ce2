package io.snowball.consent.consent;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.snowball.consent.document.ConsentType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The data of {@code consent.changed} on our feed (docs/architecture.md). Ids and facts only. */
@RegisterForReflection
record ConsentChanged(
        UUID customerId,
        UUID recordId,
        ConsentType type,
        String purpose,
        Channel channel,
        Standing state,
        Instant at,
        @Nullable UUID messageId,
        @Nullable Boolean legacyBundled) {
    static final String EVENT = "consent.changed";

    static ConsentChanged of(Chains.Change change) {
        ConsentState state = change.state();
        ConsentKey key = state.key();
        return new ConsentChanged(
                key.customerId(),
                state.recordId(),
                key.type(),
                key.purpose(),
                key.channel(),
                state.standing(),
                state.at(),
                change.by().evidence().messageId(),
                state.legacyBundled() ? Boolean.TRUE : null);
    }
}
