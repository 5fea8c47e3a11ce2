package io.snowball.consent.consent;

import io.snowball.consent.consent.EvidenceApi.EvidenceBody;
import io.snowball.consent.consent.EvidenceApi.EvidenceView;
import io.snowball.consent.document.ConsentDocuments.VersionRef;
import io.snowball.consent.document.ConsentType;
import io.snowball.consent.document.PurposeApi;
import io.snowball.platform.access.Accessed;
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
public final class ConsentApi {
    static final String SHA256_EXAMPLE = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
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

            @Schema(description = "What the person saw or agreed to; required for SHOWN and GIVEN") @Valid @Nullable
            SignedVersion document,

            @Valid @NotNull EvidenceBody evidence,

            @Schema(
                    examples = "2028-01-01T00:00:00Z",
                    description = "For GIVEN: when the consent ends by itself; absent: when it is withdrawn")
            @Nullable
            Instant validUntil,

            @Schema(
                    examples = "anna@example.ru",
                    description =
                            "The address or number that it is given for. Only a keyed hash is kept; another address must be confirmed anew")
            @Size(min = 3, max = 254)
            @Pattern(regexp = PurposeApi.NO_NUL)
            @Nullable
            String identifier,

            @Schema(
                    description =
                            "For CONFIRMED, EXPIRED, SUPERSEDED and INVALIDATED: the record meant; without effect where the consent rests on another by now")
            @Nullable
            UUID refersTo,

            @Schema(
                    description =
                            "For GIVEN: that it was asked for inside another document, as was done before 01.09.2025; true also where the document says so. Whether such a consent allows advertising says the legacy consent rule")
            @Nullable
            Boolean legacyBundled) {

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

    record RecordedConsent(
            @NotNull UUID recordId,

            @Schema(examples = "1", description = "The number of the event in the customer's ledger") @NotNull
            int sequence,

            @NotNull Instant at,

            @Schema(
                    examples = "GIVEN",
                    description =
                            "What holds now: the latest statement counts, and PENDING_CONFIRMATION allows nothing yet. Absent where nothing was said, such as when a form was only shown")
            @Nullable
            Standing state,

            @Schema(examples = SHA256_EXAMPLE, description = "The seal of the event") @NotNull
            String hash,

            @Schema(
                    examples = "http://localhost:8080/y/AZqw",
                    description =
                            "Where the confirmation is awaited: for the owner of the address, and nobody else. To an e-mail address Snowball sends it by itself, unless CAMPAIGN_CONFIRMATION_ENABLED is false; for other channels send it yourself, or record CONFIRMED when you have checked a code of your own")
            @Nullable
            String confirmationUrl) {

        static RecordedConsent of(Ledger.Entry written, @Nullable String confirmationUrl) {
            ConsentEvent event = written.event();
            return new RecordedConsent(
                    event.recordId(), event.sequence(), event.at(), written.state(), event.hash(), confirmationUrl);
        }
    }

    record WithdrawConsents(
            @NotNull UUID customerId,

            @Schema(examples = "SMS", description = "Only what is for this channel; absent: everything") @Nullable
            Channel channel,

            @Valid @NotNull EvidenceBody evidence) {}

    record WithdrawnConsents(
            @Schema(description = "One record a type of consent: each is a statement of its own") @NotNull
            List<RecordedConsent> items) {}

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

    public record ConsentView(
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

            @Schema(description = "For GIVEN: whether it counts only when confirmed") @Nullable
            Boolean awaitsConfirmation,

            @Schema(description = "The record that is confirmed or ended") @Nullable
            UUID refersTo,

            @Schema(description = "When the consent ends by itself") @Nullable
            Instant validUntil,

            @Schema(
                    examples = SHA256_EXAMPLE,
                    description = "Keyed hash of the address or number that it was given for")
            @Nullable
            String identifierHash,

            @Schema(description = "True where it was asked for inside another document before 01.09.2025") @Nullable
            Boolean legacyBundled,

            @Schema(
                    description =
                            "Since when the operator's requisites held that were in force when this was said; absent where none were recorded")
            @Nullable
            Instant operatorSince,

            @Schema(examples = "3", description = "Which fields the seal covers") @NotNull
            int format,

            @Schema(
                    examples = SHA256_EXAMPLE,
                    description = "The seal of the customer's event before; absent for the first")
            @Nullable
            String previousHash,

            @Schema(examples = SHA256_EXAMPLE) @NotNull String hash)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return List.of(customerId);
        }

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
                    event.terms().awaitsConfirmation(),
                    event.terms().refersTo(),
                    event.terms().validUntil(),
                    event.terms().identifierHash(),
                    event.terms().legacyBundled() ? Boolean.TRUE : null,
                    event.operatorSince(),
                    event.format(),
                    event.previousHash(),
                    event.hash());
        }
    }

    public record SignedView(
            @NotNull UUID id,
            @Schema(examples = "1") @NotNull int version,

            @Schema(examples = SHA256_EXAMPLE) @NotNull String sha256) {

        static @Nullable SignedView of(@Nullable SignedText signed) {
            return signed == null ? null : new SignedView(signed.documentId(), signed.version(), signed.sha256());
        }
    }

    record ConsentPage(
            @NotNull List<ConsentView> items, @Nullable String nextCursor) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream().map(ConsentView::customerId).distinct().toList();
        }
    }

    record ConsentStatesView(
            @NotNull UUID customerId,

            @Schema(description = "Empty where nothing was ever said") @NotNull
            List<ConsentStateView> items) {}

    public record ConsentStateView(
            @NotNull ConsentType type,

            @Schema(examples = "marketing", description = "* where all purposes were withdrawn at once") @NotNull
            String purpose,

            @NotNull Channel channel,

            @Schema(examples = "GIVEN", description = "Only GIVEN allows anything") @NotNull
            Standing state,

            @Schema(description = "The record that the state rests on") @NotNull
            UUID recordId,

            @NotNull Instant at,

            @Schema(description = "When it ends by itself") @Nullable
            Instant validUntil,

            @Schema(
                    description =
                            "True where the consent was asked for inside another document before 01.09.2025: see the legacy consent rule")
            @Nullable
            Boolean legacyBundled) {

        static ConsentStateView of(ConsentState state) {
            ConsentKey key = state.key();
            return new ConsentStateView(
                    key.type(),
                    key.purpose(),
                    key.channel(),
                    state.standing(),
                    state.recordId(),
                    state.at(),
                    state.validUntil(),
                    state.legacyBundled() ? Boolean.TRUE : null);
        }
    }
}
