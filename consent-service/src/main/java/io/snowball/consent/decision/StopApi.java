package io.snowball.consent.decision;

import io.snowball.consent.consent.Channel;
import io.snowball.consent.decision.ContactStops.Stop;
import io.snowball.consent.document.PurposeApi;
import io.snowball.platform.access.Accessed;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of the stop-lists and of the rules about channels. */
final class StopApi {
    private StopApi() {}

    record CreateContactStop(
            @Schema(description = "This or an address is required") @Nullable
            UUID customerId,

            @Schema(
                    examples = "+79161234567",
                    description =
                            "An e-mail address or a telephone number. Only a keyed hash is kept, which stops it whoever has it later")
            @Size(min = 3, max = 254)
            @Pattern(regexp = PurposeApi.NO_NUL)
            @Nullable
            String address,

            @Schema(examples = "SMS", description = "Absent: all") @Nullable
            Channel channel,

            @Schema(examples = "OPERATOR_REFUSAL") @NotNull StopReason reason,

            @Schema(examples = "sms-provider") @NotNull @Pattern(regexp = "[a-z][a-z0-9-]{0,49}")
            String source,

            @Schema(examples = "code 131, message 77", description = "What names the proof where it lies")
            @Size(max = 200)
            @Pattern(regexp = PurposeApi.NO_NUL)
            @Nullable
            String reference) {

        Stop stop() {
            return new Stop(customerId, address, channel == null ? Channel.ANY : channel, reason, source, reference);
        }
    }

    record ContactStop(
            @NotNull UUID id,
            @Nullable UUID customerId,

            @Schema(description = "Whether an address is stopped too; it can't be shown, only its hash is kept")
            @NotNull
            boolean ofAddress,

            @Schema(examples = "SMS") @NotNull Channel channel,

            @Schema(examples = "OPERATOR_REFUSAL") @NotNull StopReason reason,

            @Schema(examples = "sms-provider") @NotNull String source,

            @Nullable String reference,
            @NotNull Instant addedAt,
            @NotNull String addedBy,
            @Nullable Instant liftedAt,
            @Nullable String liftedBy)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return customerId == null ? List.of() : List.of(customerId);
        }
    }

    record ContactStopPage(
            @NotNull List<ContactStop> items, @Nullable String nextCursor) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream()
                    .map(ContactStop::customerId)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
        }
    }

    enum RuleScope {
        ADVERTISING,
        ALL
    }

    record CreateChannelRule(
            @Schema(examples = "MAX") @NotNull Channel channel,

            @Schema(examples = "ALL", description = "Advertising only, or every class of messages") @NotNull
            RuleScope scope,

            @Schema(examples = "PERMITTED") @NotNull ChannelVerdict verdict,

            @Schema(examples = "2026-12-01T00:00:00+03:00", description = "Absent: now") @Nullable
            Instant effectiveFrom,

            @Schema(
                    examples = "Contract 17 of 20.11.2026 with the platform",
                    description = "Why: the law, or your contract")
            @NotNull
            @Size(min = 3, max = 500)
            @Pattern(regexp = PurposeApi.NO_NUL)
            String basis) {}

    record ChannelRule(
            @Schema(examples = "MAX") @NotNull Channel channel,
            @NotNull RuleScope scope,
            @Schema(examples = "FORBIDDEN") @NotNull ChannelVerdict verdict,

            @NotNull Instant effectiveFrom,
            @NotNull String basis,
            @NotNull Instant addedAt,
            @NotNull String addedBy) {}

    record ChannelRuleList(
            @Schema(description = "By channel and scope, the latest first") @NotNull
            List<ChannelRule> items) {}
}
