package io.snowball.consent.decision;

import io.snowball.consent.calling.CallingNumber.DialMode;
import io.snowball.consent.decision.DecisionApi.DecisionView;
import io.snowball.consent.document.PurposeApi;
import io.snowball.platform.access.Accessed;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of decisions about calls. */
final class CallApi {
    private CallApi() {}

    record AskCallDecisions(
            @Schema(examples = "+74950000000", description = "From which number of yours")
            @NotNull
            @Pattern(regexp = "\\+[1-9][0-9]{6,14}")
            String callingNumber,

            @NotNull DialMode dialMode,

            @Schema(examples = "marketing") @NotNull @Pattern(regexp = PurposeApi.CODE)
            String purpose,

            @Schema(examples = "ADVERTISING", description = "Unknown counts as ADVERTISING")
            @Size(max = 50)
            @Pattern(regexp = PurposeApi.NO_NUL)
            @Nullable
            String messageClass,

            @NotNull @Size(min = 1, max = 1000) List<@NotNull UUID> customerIds) {}

    record CallDecisionsView(
            @NotNull Instant decidedAt,

            @Schema(
                    examples = "ООО «Ромашка»",
                    description = "What the called see; absent where the number is not registered")
            @Nullable
            String label,

            @Schema(examples = "Магазин") @Nullable String category,

            @Schema(description = "In the order asked") @NotNull
            List<DecisionView> decisions)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return decisions.stream().map(DecisionView::customerId).toList();
        }
    }
}
