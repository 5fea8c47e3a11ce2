package io.snowball.consent.decision;

import io.snowball.consent.consent.Channel;
import io.snowball.consent.document.PurposeApi;
import io.snowball.platform.access.Accessed;
import io.snowball.platform.problem.ProblemException;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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

            @NotNull @Size(min = 1, max = 1000) List<UUID> customerIds,

            @Schema(
                    description =
                            "To whom it would go, in the order of the customers, null where unknown; optional. With it the stop-lists of addresses count, and a consent that was given for another address does not")
            @Size(max = 1000)
            @Nullable
            List<@Nullable String> addresses) {
        private static final int ADDRESS_MIN = 3;
        private static final int ADDRESS_MAX = 254;

        /** Each of the list: asked of Bean Validation this took an eighth of a decision's time. */
        void checkElements() {
            for (int i = 0; i < customerIds.size(); i++) {
                if (Objects.isNull(customerIds.get(i))) {
                    throw ProblemException.invalidField("/customerIds/" + i, "required", "Give a customer's id");
                }
            }
            List<@Nullable String> given = addresses == null ? List.of() : addresses;
            for (int i = 0; i < given.size(); i++) {
                String address = given.get(i);
                if (address != null && (address.length() < ADDRESS_MIN || address.length() > ADDRESS_MAX)) {
                    throw ProblemException.invalidField(
                            "/addresses/" + i, "size", "An address has from 3 to 254 characters; null is for unknown");
                }
            }
        }
    }

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
