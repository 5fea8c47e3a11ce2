package io.snowball.consent.consent;

import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of the rule about confirmations. */
final class ConfirmationRuleApi {
    private ConfirmationRuleApi() {}

    record ChangeConfirmationRule(
            @Schema(
                    examples = "true",
                    description =
                            "Whether consents to advertising by e-mail, SMS, call, WhatsApp and Viber count only when the owner of the address has confirmed")
            @NotNull
            Boolean required) {}

    record ConfirmationRuleView(
            @Schema(examples = "marketing") @NotNull String purpose,

            @NotNull boolean required,

            @Schema(description = "Absent: never changed, so the default holds") @Nullable
            Instant changedAt,

            @Nullable String changedBy) {}
}
