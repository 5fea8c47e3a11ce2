package io.snowball.consent.decision;

import io.snowball.consent.consent.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All that is known of one customer when a decision is taken, and the decision. Pure: no clock, no database. */
final class Facts {
    private @Nullable Consent advertising;
    private @Nullable Consent ended;
    private final List<Stop> stops = new ArrayList<>(0);
    private boolean addressDiffers;
    private boolean merged;

    /** @param since when it was said */
    record Consent(Standing standing, UUID recordId, Instant since, Legacy legacy) {}

    /** Whether a consent was asked for inside another document (r10), and whether the operator lets such consents count. */
    enum Legacy {
        NO,
        COUNTS,
        DOES_NOT_COUNT
    }

    record Stop(StopReason reason, Instant since) {}

    /** @param recordId what it rests on in the ledger; null where on nothing */
    record Verdict(boolean allowed, Reason reason, @Nullable UUID recordId) {}

    void advertising(Consent consent) {
        advertising = consent;
    }

    /** A consent that advertising needs besides, and that does not stand. */
    void ended(Consent consent) {
        ended = consent;
    }

    void stop(Stop stop) {
        stops.add(stop);
    }

    /** The address at hand is not the one that the consent was given for. */
    void addressDiffers() {
        addressDiffers = true;
    }

    /** The person lives on under another id: whoever asks about this one has not heard of it yet. */
    void merged() {
        merged = true;
    }

    Verdict decide(MessageClass messageClass) {
        if (merged) {
            return new Verdict(false, Reason.MERGED, null);
        }
        Consent consent = advertising;
        for (Stop stop : stops) {
            if (stop.reason().stops(messageClass) && !isMadeGood(stop, consent)) {
                return new Verdict(false, Reason.of(stop.reason()), null);
            }
        }
        if (!messageClass.needsConsent()) {
            return new Verdict(true, Reason.NOT_NEEDED, null);
        }
        if (consent == null) {
            return new Verdict(false, Reason.NO_CONSENT, null);
        }
        if (consent.standing() != Standing.GIVEN) {
            return new Verdict(false, Reason.of(consent.standing()), consent.recordId());
        }
        if (consent.legacy() == Legacy.DOES_NOT_COUNT) {
            return new Verdict(false, Reason.LEGACY_BUNDLED, consent.recordId());
        }
        if (ended != null) {
            Reason reason = ended.legacy() == Legacy.DOES_NOT_COUNT ? Reason.LEGACY_BUNDLED : Reason.BASIS_ENDED;
            return new Verdict(false, reason, ended.recordId());
        }
        if (addressDiffers) {
            return new Verdict(false, Reason.NOT_CONFIRMED, consent.recordId());
        }
        return new Verdict(
                true, consent.legacy() == Legacy.COUNTS ? Reason.LEGACY_BUNDLED : Reason.GIVEN, consent.recordId());
    }

    private static boolean isMadeGood(Stop stop, @Nullable Consent consent) {
        return consent != null
                && consent.standing() == Standing.GIVEN
                && consent.legacy() != Legacy.DOES_NOT_COUNT
                && stop.reason().yieldsToALaterConsent()
                && consent.since().isAfter(stop.since());
    }
}
