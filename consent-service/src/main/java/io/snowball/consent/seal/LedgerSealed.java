package io.snowball.consent.seal;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/** The data of {@code ledger.sealed} on our feed (docs/architecture.md). */
@RegisterForReflection
record LedgerSealed(int number, long events, String root, String hash, Instant sealedAt) {
    static final String EVENT = "ledger.sealed";

    static LedgerSealed of(Seal seal) {
        return new LedgerSealed(seal.number(), seal.events(), seal.root(), seal.hash(), seal.sealedAt());
    }
}
