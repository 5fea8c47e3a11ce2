package io.snowball.consent.consent;

import io.snowball.consent.document.PurposeApi;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How we know, on the wire. */
public final class EvidenceApi {
    private EvidenceApi() {}

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
            UUID messageId,

            @Schema(
                    description =
                            "How the person was shown to be the owner of the address. A consent that needs a confirmation counts at once with it, and from the confirmation without it")
            @Valid
            @Nullable
            ConfirmationBody confirmation,

            @Schema(examples = "https://shop.example.ru/checkout", description = "The page of the form")
            @Size(max = 1000)
            @Pattern(regexp = PurposeApi.NO_NUL)
            @Nullable
            String formUrl,

            @Schema(examples = ConsentApi.SHA256_EXAMPLE, description = "SHA-256 of the form's page as it was shown")
            @Pattern(regexp = "[0-9a-f]{64}")
            @Nullable
            String formSha256,

            @Schema(examples = "Хочу получать новости и скидки", description = "The words beside the box")
            @Size(max = 1000)
            @Pattern(regexp = PurposeApi.NO_NUL)
            @Nullable
            String checkboxLabel,

            @Schema(examples = "form#checkout > label:nth-of-type(3)", description = "Where in the form the box stood")
            @Size(max = 300)
            @Pattern(regexp = PurposeApi.NO_NUL)
            @Nullable
            String checkboxPosition,

            @Schema(examples = "s-81c2") @Size(max = 200) @Pattern(regexp = PurposeApi.NO_NUL) @Nullable
            String sessionId,

            @Schema(examples = "Europe/Moscow", description = "Of the person, as the form knew it")
            @Size(max = 50)
            @Pattern(regexp = "[A-Za-z0-9_+/-]*")
            @Nullable
            String timeZone) {

        @Nullable
        String details() {
            EvidenceDetails.Confirmation proof = confirmation == null
                    ? null
                    : new EvidenceDetails.Confirmation(
                            confirmation.method(),
                            confirmation.at() == null ? null : confirmation.at().toString(),
                            confirmation.reference());
            return new EvidenceDetails(
                            proof, formUrl, formSha256, checkboxLabel, checkboxPosition, sessionId, timeZone, null)
                    .text();
        }
    }

    @Schema(name = "Confirmation", description = "Proof that the address or number is the person's own")
    record ConfirmationBody(
            @Schema(examples = "EMAIL_LINK") @NotNull ConfirmationMethod method,

            @Schema(examples = "2026-11-21T09:31:00Z") @Nullable
            Instant at,

            @Schema(
                    examples = "otp-20261121-77",
                    description = "What names the proof where it lies; required for IMPORTED_PROOF and CALL_RECORDING")
            @Size(max = 200)
            @Pattern(regexp = PurposeApi.NO_NUL)
            @Nullable
            String reference) {}

    public record EvidenceView(
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

            @Nullable UUID messageId,
            @Nullable ConfirmationView confirmation,

            @Schema(description = "For admin and dpo only") @Nullable
            String formUrl,

            @Nullable String formSha256,
            @Nullable String checkboxLabel,
            @Nullable String checkboxPosition,

            @Schema(description = "For admin and dpo only") @Nullable
            String sessionId,

            @Nullable String timeZone,

            @Schema(
                    description =
                            "The record that was carried over: from a customer who turned out to be the same person, or back when they were not")
            @Nullable
            UUID carriedFrom) {

        static EvidenceView of(Evidence evidence, boolean personal) {
            EvidenceDetails details = EvidenceDetails.read(evidence.details());
            return new EvidenceView(
                    evidence.source(),
                    evidence.formId(),
                    personal ? evidence.ip() : null,
                    personal ? evidence.userAgent() : null,
                    evidence.requestId(),
                    evidence.checkboxUnticked(),
                    evidence.actor(),
                    evidence.recordedBy(),
                    evidence.messageId(),
                    ConfirmationView.of(details.confirmation()),
                    personal ? details.formUrl() : null,
                    details.formSha256(),
                    details.checkboxLabel(),
                    details.checkboxPosition(),
                    personal ? details.sessionId() : null,
                    details.timeZone(),
                    details.carriedFrom());
        }
    }

    public record ConfirmationView(
            @NotNull ConfirmationMethod method,
            @Nullable Instant at,
            @Nullable String reference) {

        static @Nullable ConfirmationView of(EvidenceDetails.@Nullable Confirmation confirmation) {
            return confirmation == null
                    ? null
                    : new ConfirmationView(
                            confirmation.method(),
                            confirmation.at() == null ? null : Instant.parse(confirmation.at()),
                            confirmation.reference());
        }
    }
}
