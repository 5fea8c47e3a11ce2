package io.snowball.consent.consent;

import io.snowball.consent.document.ConsentDocuments.VersionRef;
import io.snowball.consent.document.ConsentType;
import io.snowball.consent.document.PurposeApi;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of the ledger. */
final class ConsentApi {
    private static final String SHA256_EXAMPLE = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    static final int BATCH_MAX = 1000;

    private ConsentApi() {}

    record RecordConsent(
            @NotNull UUID customerId,

            @Schema(examples = "ADVERTISING", description = "Absent: ADVERTISING") @Nullable
            ConsentType type,

            @Schema(examples = "marketing") @NotNull @Pattern(regexp = PurposeApi.CODE)
            String purpose,

            @Schema(examples = "EMAIL", description = "For ADVERTISING, and only for it") @Nullable
            Channel channel,

            @Schema(examples = "GIVEN") @NotNull ConsentAction action,

            @Schema(description = "What the person agreed to; required for GIVEN") @Valid @Nullable
            SignedVersion document,

            @Valid @NotNull EvidenceBody evidence) {

        ConsentType typeOrDefault() {
            return type == null ? ConsentType.ADVERTISING : type;
        }
    }

    record SignedVersion(
            @NotNull UUID id,
            @Schema(examples = "1") @Min(1) @NotNull Integer version) {

        VersionRef ref() {
            return new VersionRef(id, version);
        }
    }

    @Schema(name = "Evidence", description = "How you know; the burden of proof is the operator's")
    record EvidenceBody(
            @Schema(
                    examples = "2026-11-21T09:30:00Z",
                    description =
                            "When it was said; absent: now. The latest statement counts, so history may come in any order.")
            @Nullable
            Instant at,

            @Schema(examples = "web-form", description = "By what way it came")
            @NotNull
            @Pattern(regexp = "[a-z][a-z0-9-]{0,49}")
            String source,

            @Schema(examples = "checkout-2026") @Size(max = 200) @Pattern(regexp = PurposeApi.NO_NUL) @Nullable
            String formId,

            @Schema(examples = "203.0.113.7") @Size(max = 45) @Nullable
            String ip,

            @Schema(examples = "Mozilla/5.0 (X11; Linux x86_64)")
            @Size(max = 500)
            @Pattern(regexp = PurposeApi.NO_NUL)
            @Nullable
            String userAgent,

            @Schema(examples = "req-7f3a", description = "What names the request in your own log")
            @Size(max = 200)
            @Pattern(regexp = PurposeApi.NO_NUL)
            @Nullable
            String requestId,

            @Schema(
                    examples = "true",
                    description =
                            "That the box was empty until the person ticked it; false is refused: that is no consent")
            @Nullable
            Boolean checkboxUntickedByDefault,

            @Schema(examples = "SUBJECT", description = "Who spoke; absent: SUBJECT") @Nullable
            Actor actor,

            @Schema(description = "The message that was replied to") @Nullable
            UUID messageId) {}

    record RecordedConsent(
            @NotNull UUID recordId,

            @Schema(examples = "1", description = "The number of the event in the customer's ledger") @NotNull
            int sequence,

            @NotNull Instant at,

            @Schema(
                    examples = "GIVEN",
                    description = "What holds now; differs from the action where a later statement was there already")
            @NotNull
            ConsentAction state,

            @Schema(examples = SHA256_EXAMPLE, description = "The seal of the event") @NotNull
            String hash) {

        static RecordedConsent of(ConsentEvent event, ConsentAction state) {
            return new RecordedConsent(event.recordId(), event.sequence(), event.at(), state, event.hash());
        }
    }

    record RecordConsents(
            @NotNull @Size(min = 1, max = BATCH_MAX) List<@Valid @NotNull RecordConsent> items) {}

    record ConsentBatchResult(
            @Schema(examples = "1") @NotNull int recorded,

            @Schema(examples = "0") @NotNull int refused,

            @Schema(description = "In the order sent") @NotNull
            List<ConsentOutcome> items) {

        static ConsentBatchResult of(List<ConsentOutcome> items) {
            int recorded = (int) items.stream()
                    .filter(item -> item.outcome() == Outcome.RECORDED)
                    .count();
            return new ConsentBatchResult(recorded, items.size() - recorded, items);
        }
    }

    enum Outcome {
        RECORDED,
        REFUSED
    }

    record ConsentOutcome(
            @NotNull Outcome outcome,

            @Schema(description = "Where recorded") @Nullable
            RecordedConsent consent,

            @Schema(description = "Where refused: why, and the field of the item") @Nullable
            Refusal refusal) {}

    record Refusal(
            @Schema(examples = "/problems/unknown-purpose") @NotNull
            String type,

            @Schema(examples = "/purpose") @NotNull String pointer,

            @NotNull String detail) {}

    record ConsentView(
            @NotNull UUID recordId,
            @NotNull UUID customerId,
            @Schema(examples = "1") @NotNull int sequence,

            @NotNull ConsentType type,
            @Schema(examples = "marketing") @NotNull String purpose,

            @NotNull Channel channel,
            @NotNull ConsentAction action,
            @NotNull Instant at,
            @NotNull Instant recordedAt,
            @Nullable SignedView document,
            @NotNull EvidenceView evidence,

            @Schema(
                    examples = SHA256_EXAMPLE,
                    description = "The seal of the customer's event before; absent for the first")
            @Nullable
            String previousHash,

            @Schema(examples = SHA256_EXAMPLE) @NotNull String hash) {

        /** @param personal whether the reader may see personal data */
        static ConsentView of(ConsentEvent event, boolean personal) {
            ConsentKey key = event.key();
            return new ConsentView(
                    event.recordId(),
                    key.customerId(),
                    event.sequence(),
                    key.type(),
                    key.purpose(),
                    key.channel(),
                    event.action(),
                    event.at(),
                    event.recordedAt(),
                    SignedView.of(event.signed()),
                    EvidenceView.of(event.evidence(), personal),
                    event.previousHash(),
                    event.hash());
        }
    }

    record SignedView(
            @NotNull UUID id,
            @Schema(examples = "1") @NotNull int version,

            @Schema(examples = SHA256_EXAMPLE) @NotNull String sha256) {

        static @Nullable SignedView of(@Nullable SignedText signed) {
            return signed == null ? null : new SignedView(signed.documentId(), signed.version(), signed.sha256());
        }
    }

    record EvidenceView(
            @Schema(examples = "web-form") @NotNull String source,

            @Nullable String formId,

            @Schema(description = "For admin and dpo only") @Nullable
            String ip,

            @Schema(description = "For admin and dpo only") @Nullable
            String userAgent,

            @Nullable String requestId,
            @Nullable Boolean checkboxUntickedByDefault,
            @NotNull Actor actor,

            @Schema(description = "The user or service that recorded it") @NotNull
            String recordedBy,

            @Nullable UUID messageId) {

        static EvidenceView of(Evidence evidence, boolean personal) {
            return new EvidenceView(
                    evidence.source(),
                    evidence.formId(),
                    personal ? evidence.ip() : null,
                    personal ? evidence.userAgent() : null,
                    evidence.requestId(),
                    evidence.checkboxUnticked(),
                    evidence.actor(),
                    evidence.recordedBy(),
                    evidence.messageId());
        }
    }

    record ConsentPage(
            @NotNull List<ConsentView> items, @Nullable String nextCursor) {}

    record ConsentStatesView(
            @NotNull UUID customerId,

            @Schema(description = "Empty where nothing was ever said") @NotNull
            List<ConsentStateView> items) {}

    record ConsentStateView(
            @NotNull ConsentType type,
            @Schema(examples = "marketing") @NotNull String purpose,

            @NotNull Channel channel,
            @NotNull ConsentAction state,

            @Schema(description = "The record that the state rests on") @NotNull
            UUID recordId,

            @NotNull Instant at) {

        static ConsentStateView of(ConsentState state) {
            ConsentKey key = state.key();
            return new ConsentStateView(
                    key.type(), key.purpose(), key.channel(), state.state(), state.recordId(), state.at());
        }
    }
}
