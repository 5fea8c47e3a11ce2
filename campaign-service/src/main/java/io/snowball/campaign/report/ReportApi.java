package io.snowball.campaign.report;

import io.snowball.platform.money.Money;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

final class ReportApi {
    private ReportApi() {}

    @Schema(
            name = "CampaignReport",
            description = "planned = waiting + control + suppressed + sent + failed + uncertain + cancelled")
    record CampaignReport(
            @NotNull UUID campaignId,
            @Schema(examples = "COMPLETED") @NotNull String state,

            @Schema(
                    description =
                            "Since when its messages are gone, their term of keeping being over: the figures are sums kept on that day"
                                    + " and change no more. Absent while the messages are there")
            @Nullable
            Instant sendLogRemovedAt,

            @Schema(examples = "12000", description = "Members of the segment at the launch") @NotNull
            long planned,

            @Schema(examples = "0", description = "Not over yet") @NotNull
            long waiting,

            @Schema(examples = "960", description = "Held out: could have been written to, and got nothing") @NotNull
            long control,

            @Schema(examples = "2400", description = "Could not be written to") @NotNull
            long suppressed,

            @NotNull List<ReasonCount> suppressedByReason,
            @Schema(examples = "8630") @NotNull long sent,

            @Schema(examples = "8600", description = "Sent and not bounced") @NotNull
            long delivered,

            @Schema(examples = "10", description = "Refused by the mail server, or no mail could be made") @NotNull
            long failed,

            @NotNull List<ReasonCount> failedByReason,

            @Schema(examples = "0", description = "Cut off between the server's yes and our note: may have been sent")
            @NotNull
            long uncertain,

            @Schema(examples = "0") @NotNull long cancelled,
            @Schema(examples = "2100") @NotNull long opened,
            @Schema(examples = "310") @NotNull long clicked,
            @Schema(examples = "12") @NotNull long unsubscribed,

            @Schema(examples = "86.30", description = "By the tariff at the time of sending") @NotNull
            Money cost,

            @Schema(
                    description =
                            "When the last customer's attribution days are over; absent while nobody was decided on")
            @Nullable
            Instant attributionEndsAt,

            @NotNull Purchases treated,
            @NotNull Purchases controlGroup,

            @Schema(description = "Of the share of customers who bought; absent without a control group") @Nullable
            UpliftView conversionUplift,

            @Schema(description = "Of revenue per customer; absent without a control group") @Nullable
            UpliftView revenueUplift,

            @Schema(
                    examples = "45000.00",
                    description = "What the treated brought beyond what they would have brought anyway")
            @Nullable
            Money incrementalRevenue,

            @Nullable Money incrementalRevenueLow,
            @Nullable Money incrementalRevenueHigh,

            @Schema(
                    examples = "3.2",
                    description =
                            "(incremental revenue x margin - cost) / cost; 3.2 is 320 %. It says nothing of how the base wears out")
            @Nullable
            Double roi,

            @Schema(examples = "RAISED") @NotNull Verdict verdict,

            @Schema(
                    examples =
                            "More of those who got the message bought than of the control group, beyond what chance explains.")
            @NotNull
            String summary) {}

    @Schema(name = "ReasonCount")
    record ReasonCount(
            @Schema(examples = "NO_CONSENT") @NotNull String reason,
            @Schema(examples = "2400") @NotNull long customers) {}

    @Schema(name = "Purchases", description = "Orders within the attribution days, neither cancelled nor returned")
    record Purchases(
            @Schema(examples = "8630") @NotNull long customers,
            @Schema(examples = "430") @NotNull long buyers,
            @Schema(examples = "471") @NotNull long orders,
            @Schema(examples = "706500.00") @NotNull Money revenue,
            @Schema(examples = "0.0498") @Nullable Double conversion,
            @Schema(examples = "81.87") @Nullable Double revenuePerCustomer) {}

    @Schema(name = "UpliftView", description = "Treated minus control, with a 95 % confidence interval")
    record UpliftView(
            @Schema(examples = "0.012") @NotNull double absolute,
            @Schema(examples = "0.001") @NotNull double absoluteLow,
            @Schema(examples = "0.023") @NotNull double absoluteHigh,

            @Schema(examples = "0.31", description = "As a share of the control group's value") @Nullable
            Double relative,

            @Schema(examples = "0.02") @Nullable Double relativeLow,
            @Schema(examples = "0.68") @Nullable Double relativeHigh,

            @Schema(examples = "Newcombe 1998, method 10; relative: Katz 1978") @NotNull
            String method) {}
}
