package io.snowball.consent.consent;

import io.snowball.consent.consent.ConsentApi.EvidenceBody;
import io.snowball.consent.consent.ConsentApi.RecordConsent;
import io.snowball.consent.consent.ConsentApi.Refusal;
import io.snowball.consent.document.ConsentDocuments.Signable;
import io.snowball.consent.document.ConsentDocuments.VersionRef;
import io.snowball.consent.document.ConsentType;
import io.snowball.platform.problem.Problem;
import io.snowball.platform.problem.ProblemException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may go into the ledger (152-FZ art. 9, 38-FZ art. 18): a consent names the words that were agreed to, they were meant for
 * just this and in effect, and no box was ticked beforehand. A withdrawal needs none of that.
 */
final class ConsentRules {
    /** How far a sender's clock may be ahead. */
    private static final Duration CLOCK_AHEAD_MAX = Duration.ofMinutes(1);

    private final Set<String> purposes;
    private final Map<VersionRef, Signable> versions;
    private final Instant now;

    /** @param versions those that the requests name and that exist */
    ConsentRules(Set<String> purposes, Map<VersionRef, Signable> versions, Instant now) {
        this.purposes = purposes;
        this.versions = versions;
        this.now = now;
    }

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
        return new Accepted(new Statement(
                new ConsentKey(request.customerId(), type, request.purpose(), channel),
                request.action(),
                request.evidence().at(),
                signed(request),
                evidence(request.evidence(), recordedBy),
                false));
    }

    private @Nullable Refused refused(RecordConsent request) {
        EvidenceBody evidence = request.evidence();
        if (!purposes.contains(request.purpose())) {
            return new Refused(ConsentProblem.UNKNOWN_PURPOSE, "/purpose");
        }
        boolean channelNamed = request.channel() != null && request.channel() != Channel.ANY;
        if (request.typeOrDefault() == ConsentType.ADVERTISING && !channelNamed) {
            return new Refused(ConsentProblem.CHANNEL_REQUIRED, "/channel");
        }
        if (request.typeOrDefault() != ConsentType.ADVERTISING && channelNamed) {
            return new Refused(ConsentProblem.CHANNEL_NOT_APPLICABLE, "/channel");
        }
        if (evidence.at() != null && evidence.at().isAfter(now.plus(CLOCK_AHEAD_MAX))) {
            return new Refused(ConsentProblem.IN_THE_FUTURE, "/evidence/at");
        }
        if (evidence.ip() != null && !isAddress(evidence.ip())) {
            return new Refused(ConsentProblem.INVALID_IP, "/evidence/ip");
        }
        return request.action() == ConsentAction.GIVEN ? refusedAsGiven(request) : refusedDocument(request);
    }

    private @Nullable Refused refusedAsGiven(RecordConsent request) {
        if (Boolean.FALSE.equals(request.evidence().checkboxUntickedByDefault())) {
            return new Refused(ConsentProblem.TICKED_BY_DEFAULT, "/evidence/checkboxUntickedByDefault");
        }
        if (request.document() == null) {
            return new Refused(ConsentProblem.DOCUMENT_REQUIRED, "/document");
        }
        return refusedDocument(request);
    }

    private @Nullable Refused refusedDocument(RecordConsent request) {
        if (request.document() == null) {
            return null;
        }
        Signable version = versions.get(request.document().ref());
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
        Signable version = Objects.requireNonNull(versions.get(ref));
        return new SignedText(ref.documentId(), ref.version(), version.sha256());
    }

    private static Evidence evidence(EvidenceBody body, String recordedBy) {
        return new Evidence(
                body.source(),
                body.formId(),
                body.ip(),
                body.userAgent(),
                body.requestId(),
                body.checkboxUntickedByDefault(),
                body.actor() == null ? Actor.SUBJECT : body.actor(),
                recordedBy,
                body.messageId());
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
