package io.snowball.consent.consent;

import io.snowball.consent.consent.ConsentApi.RecordConsent;
import io.snowball.consent.consent.ConsentApi.Refusal;
import io.snowball.consent.consent.EvidenceApi.ConfirmationBody;
import io.snowball.consent.consent.EvidenceApi.EvidenceBody;
import io.snowball.consent.document.ConsentDocuments.Signable;
import io.snowball.consent.document.ConsentDocuments.VersionRef;
import io.snowball.consent.document.ConsentType;
import io.snowball.platform.problem.Problem;
import io.snowball.platform.problem.ProblemException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may go into the ledger (152-FZ art. 9, 38-FZ art. 18): a consent names the words that were agreed to, they were meant for
 * just this and in effect, and no box was ticked beforehand. Advertising to an address and mailings to a number also wait for
 * their confirmation, unless the purpose is without one (r19). A withdrawal needs none of that.
 */
final class ConsentRules {
    /** How far a sender's clock may be ahead. */
    private static final Duration CLOCK_AHEAD_MAX = Duration.ofMinutes(1);

    private final Known known;
    private final IdentifierHash identifiers;
    private final Instant now;

    ConsentRules(Known known, IdentifierHash identifiers, Instant now) {
        this.known = known;
        this.identifiers = identifiers;
        this.now = now;
    }

    /**
     * What the requests name and what exists.
     *
     * @param withoutConfirmation the purposes whose consents count at once
     * @param separateSince from when on each consent must stand apart (r10)
     */
    record Known(
            Set<String> purposes,
            Map<VersionRef, Signable> versions,
            Set<String> withoutConfirmation,
            Instant separateSince) {}

    sealed interface Checked {}

    record Accepted(Statement statement) implements Checked {}

    record Refused(ConsentProblem problem, String pointer) implements Checked {
        ProblemException exception() {
            return new ProblemException(
                    problem,
                    problem.title(),
                    List.of(new Problem.FieldError(pointer, problem.slug(), problem.title())),
                    null);
        }

        Refusal view() {
            return new Refusal("/problems/" + problem.slug(), pointer, problem.title());
        }
    }

    /** @param recordedBy the id of the user or the name of the service that asks */
    Checked check(RecordConsent request, String recordedBy) {
        Refused refused = refused(request);
        if (refused != null) {
            return refused;
        }
        ConsentType type = request.typeOrDefault();
        Channel channel = type == ConsentType.ADVERTISING ? Objects.requireNonNull(request.channel()) : Channel.ANY;
        ConsentKey key = new ConsentKey(request.customerId(), type, request.purpose(), channel);
        return new Accepted(new Statement(
                key,
                request.action(),
                request.evidence().at(),
                signed(request),
                terms(request, key),
                evidence(request.evidence(), recordedBy),
                false));
    }

    private @Nullable Refused refused(RecordConsent request) {
        EvidenceBody evidence = request.evidence();
        if (!known.purposes().contains(request.purpose())) {
            return new Refused(ConsentProblem.UNKNOWN_PURPOSE, "/purpose");
        }
        boolean channelNamed = request.channel() != null && request.channel() != Channel.ANY;
        if (request.typeOrDefault() == ConsentType.ADVERTISING && !channelNamed) {
            return new Refused(ConsentProblem.CHANNEL_REQUIRED, "/channel");
        }
        if (request.typeOrDefault() != ConsentType.ADVERTISING && channelNamed) {
            return new Refused(ConsentProblem.CHANNEL_NOT_APPLICABLE, "/channel");
        }
        Refused badEvidence = refusedEvidence(evidence, now);
        if (badEvidence != null) {
            return badEvidence;
        }
        return switch (request.action()) {
            case GIVEN -> refusedAsGiven(request);
            case SHOWN -> refusedWords(request);
            case CONFIRMED, REFUSED, WITHDRAWN, EXPIRED, SUPERSEDED, INVALIDATED -> refusedDocument(request);
        };
    }

    static @Nullable Refused refusedEvidence(EvidenceBody evidence, Instant now) {
        if (evidence.at() != null && evidence.at().isAfter(now.plus(CLOCK_AHEAD_MAX))) {
            return new Refused(ConsentProblem.IN_THE_FUTURE, "/evidence/at");
        }
        if (evidence.ip() != null && !isAddress(evidence.ip())) {
            return new Refused(ConsentProblem.INVALID_IP, "/evidence/ip");
        }
        ConfirmationBody confirmation = evidence.confirmation();
        if (confirmation != null && confirmation.method().needsReference() && confirmation.reference() == null) {
            return new Refused(ConsentProblem.REFERENCE_REQUIRED, "/evidence/confirmation/reference");
        }
        return null;
    }

    private @Nullable Refused refusedAsGiven(RecordConsent request) {
        if (Boolean.FALSE.equals(request.evidence().checkboxUntickedByDefault())) {
            return new Refused(ConsentProblem.TICKED_BY_DEFAULT, "/evidence/checkboxUntickedByDefault");
        }
        Instant at = Objects.requireNonNullElse(request.evidence().at(), now);
        if (request.validUntil() != null && !request.validUntil().isAfter(at)) {
            return new Refused(ConsentProblem.ENDS_BEFORE_IT_BEGINS, "/validUntil");
        }
        Refused badWords = refusedWords(request);
        return badWords == null && isLegacy(request) && !at.isBefore(known.separateSince())
                ? new Refused(ConsentProblem.LEGACY_NO_LONGER, "/legacyBundled")
                : badWords;
    }

    /** Where the sender says so, or the text itself is of that kind. */
    private boolean isLegacy(RecordConsent request) {
        Signable version = request.document() == null
                ? null
                : known.versions().get(request.document().ref());
        return Boolean.TRUE.equals(request.legacyBundled()) || (version != null && version.legacyBundled());
    }

    private @Nullable Refused refusedWords(RecordConsent request) {
        return request.document() == null
                ? new Refused(ConsentProblem.DOCUMENT_REQUIRED, "/document")
                : refusedDocument(request);
    }

    private @Nullable Refused refusedDocument(RecordConsent request) {
        if (request.document() == null) {
            return null;
        }
        Signable version = known.versions().get(request.document().ref());
        if (version == null) {
            return new Refused(ConsentProblem.UNKNOWN_DOCUMENT, "/document");
        }
        if (version.type() != request.typeOrDefault() || !version.purpose().equals(request.purpose())) {
            return new Refused(ConsentProblem.DOCUMENT_FOR_SOMETHING_ELSE, "/document");
        }
        Instant at = request.evidence().at();
        if (version.effectiveFrom().isAfter(at == null ? now : at)) {
            return new Refused(ConsentProblem.DOCUMENT_NOT_IN_EFFECT, "/document");
        }
        return null;
    }

    private @Nullable SignedText signed(RecordConsent request) {
        if (request.document() == null) {
            return null;
        }
        VersionRef ref = request.document().ref();
        Signable version = Objects.requireNonNull(known.versions().get(ref));
        return new SignedText(ref.documentId(), ref.version(), version.sha256());
    }

    private Terms terms(RecordConsent request, ConsentKey key) {
        boolean given = request.action() == ConsentAction.GIVEN;
        Boolean awaits = given ? awaitsConfirmation(request, key) : null;
        Instant until =
                given && request.validUntil() != null ? request.validUntil().truncatedTo(ChronoUnit.MICROS) : null;
        String identifier = request.identifier() == null ? null : identifiers.of(request.identifier());
        return new Terms(awaits, request.refersTo(), until, identifier, given && isLegacy(request));
    }

    private boolean awaitsConfirmation(RecordConsent request, ConsentKey key) {
        boolean confirmable = switch (key.type()) {
            case ADVERTISING -> key.channel().isAnAddressAnybodyCanType();
            case SMS_44_1, MASS_CALL_44_1_1 -> true;
            case PD_PROCESSING, DISSEMINATION, TRANSFER, CROSS_BORDER, SPECIAL_CATEGORIES -> false;
        };
        return confirmable
                && request.evidence().confirmation() == null
                && !known.withoutConfirmation().contains(key.purpose());
    }

    static Evidence evidence(EvidenceBody body, String recordedBy) {
        return new Evidence(
                body.source(),
                body.formId(),
                body.ip(),
                body.userAgent(),
                body.requestId(),
                body.checkboxUntickedByDefault(),
                body.actor() == null ? Actor.SUBJECT : body.actor(),
                recordedBy,
                body.messageId(),
                body.details());
    }

    /** A literal only: a name would be looked up, and a name is no evidence. */
    private static boolean isAddress(String ip) {
        try {
            return !InetAddress.ofLiteral(ip).getHostAddress().isEmpty();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
