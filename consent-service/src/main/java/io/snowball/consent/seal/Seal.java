package io.snowball.consent.seal;

import io.snowball.consent.document.Sha256;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The root of the events of a span of transactions.
 *
 * @param number 1 for the first; none is left out
 * @param fromTx the first transaction of the span
 * @param toTx the first transaction after it
 * @param hash SHA-256 of everything before it here, {@link #content}
 * @param signature the content as a compact JWS
 */
record Seal(
        int number,
        long fromTx,
        long toTx,
        long events,
        String root,
        @Nullable String previousHash,
        Instant sealedAt,
        String hash,
        String signature) {

    static Seal of(
            int number,
            long fromTx,
            long toTx,
            long events,
            String root,
            @Nullable String previousHash,
            Instant sealedAt) {
        Seal open = new Seal(number, fromTx, toTx, events, root, previousHash, sealedAt, "", "");
        return new Seal(number, fromTx, toTx, events, root, previousHash, sealedAt, Sha256.hex(open.content()), "");
    }

    Seal signed(String jws) {
        return new Seal(number, fromTx, toTx, events, root, previousHash, sealedAt, hash, jws);
    }

    /** What is hashed and signed: a line for each field, so that it can be made again without this code. */
    String content() {
        return """
                snowball-consent-seal 1
                number %d
                fromTx %d
                toTx %d
                events %d
                root %s
                previousHash %s
                sealedAt %s
                """.formatted(number, fromTx, toTx, events, root, previousHash == null ? "-" : previousHash, sealedAt);
    }
}
