package io.snowball.consent.decision;

import io.snowball.consent.consent.Channel;
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

/** The wire types of decisions. */
final class DecisionApi {
    private DecisionApi() {}

    record AskDecisions(
            @Schema(examples = "marketing") @NotNull @Pattern(regexp = PurposeApi.CODE)
            String purpose,

            @Schema(examples = "EMAIL") @NotNull Channel channel,

            @Schema(
                    examples = "ADVERTISING",
                    description =
                            "ADVERTISING, SERVICE, TRANSACTIONAL, AUTH or LEGAL; anything else, and nothing, counts as ADVERTISING")
            @Nullable
            String messageClass,

            @NotNull @Size(min = 1, max = 1000) List<@NotNull UUID> customerIds,

            @Schema(
                    description =
                            "To whom it would go, in the order of the customers, null where unknown; optional. With it the stop-lists of addresses count, and a consent that was given for another address does not")
            @Size(max = 1000)
            @Nullable
            List<@Nullable @Size(min = 3, max = 254) @Pattern(regexp = PurposeApi.NO_NUL) String> addresses) {}

    record DecisionsView(
            @Schema(description = "No state later than this was needed for the answer; good for half a second") @NotNull
            Instant decidedAt,

            @Schema(description = "True where the channel is permitted at a risk: see the channel rules") @Nullable
            Boolean channelWarned,

            @Schema(description = "In the order asked") @NotNull
            List<DecisionView> decisions)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return decisions.stream().map(DecisionView::customerId).toList();
        }
    }

    record DecisionView(
            @NotNull UUID customerId,
            @NotNull boolean allowed,

            @Schema(examples = "GIVEN") @NotNull Reason reason,

            @Schema(description = "The record of the ledger that decided; store it with the message") @Nullable
            UUID recordId) {}
}
