package io.snowball.segmentation.contribution;

import io.snowball.platform.money.Money;
import io.snowball.segmentation.report.ReportAbout;
import io.snowball.segmentation.report.ShareView;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of what messages contribute. */
final class ContributionApi {
    private ContributionApi() {}

    @Schema(
            name = "AttributionBasis",
            description = "After which event of a message an order is said to follow it; a click counts as an open")
    enum Basis {
        SENT,
        OPENED,
        CLICKED
    }

    @Schema(
            name = "CrmShareReport",
            description =
                    "B16: revenue of orders that follow a message. It is what CRM touches, not what it causes: for that see "
                            + "getCampaignReturns.")
    record CrmShareReport(
            @NotNull ReportAbout about,
            @NotNull Basis basis,

            @Schema(examples = "7") @NotNull int attributionDays,

            @NotNull Money revenue,

            @Schema(description = "Of orders that follow a message") @NotNull
            Money crmRevenue,

            @Schema(examples = "24.1", description = "The lectures call 20 to 30 usual") @Nullable
            BigDecimal crmRevenuePercent,

            @Schema(description = "Of the period compared with") @Nullable
            BigDecimal crmRevenuePercentBefore,

            @NotNull ShareView orders,

            @Schema(description = "An order belongs to the channel of the last such message before it") @NotNull
            List<ChannelContribution> channels) {}

    @Schema(name = "ChannelContribution")
    record ChannelContribution(
            @Schema(examples = "EMAIL") @NotNull String channel,

            @Schema(examples = "120", description = "Of the period, that follow a message of this channel") @NotNull
            long orders,

            @NotNull Money revenue,

            @Schema(examples = "12.5", description = "Of all revenue") @Nullable
            BigDecimal revenuePercent,

            @Schema(
                    description =
                            "Of the messages sent in the period, how many did not bounce: the measured deliverability, whatever the "
                                    + "tariff promises (X11)")
            @NotNull
            ShareView delivered,

            @Schema(description = "Of those delivered, how many were opened or clicked") @NotNull
            ShareView opened) {}

    @Schema(
            name = "PaysBack",
            description =
                    "YES or NO: the whole 95 % interval of the profit is above or below zero; NOT_SHOWN: it is on both sides; "
                            + "NO_CONTROL_GROUP: nobody can tell")
    enum PaysBack {
        YES,
        NO,
        NOT_SHOWN,
        NO_CONTROL_GROUP
    }

    @Schema(
            name = "CampaignReturn",
            description = "M13, H8: profit = incrementalRevenue x marginShare - cost; ROI = profit / cost")
    record CampaignReturn(
            @NotNull UUID campaignId,

            @Schema(examples = "Осенняя распродажа для засыпающих") @NotNull
            String name,

            @Schema(examples = "EMAIL") @NotNull String channel,

            @Nullable Instant launchedAt,

            @Schema(description = "By the tariff at the time of sending") @NotNull
            Money cost,

            @Schema(description = "Beyond the control group; absent without one") @Nullable
            Money incrementalRevenue,

            @Nullable Money incrementalRevenueLow,
            @Nullable Money incrementalRevenueHigh,
            @Nullable Money profit,
            @Nullable Money profitLow,
            @Nullable Money profitHigh,

            @Schema(examples = "320", description = "Absent without cost or control group") @Nullable
            BigDecimal roiPercent,

            @NotNull PaysBack paysBack) {}

    @Schema(name = "CampaignReturnReport")
    record CampaignReturnReport(
            @NotNull CampaignReturn campaign,

            @Schema(examples = "0.4") @NotNull BigDecimal marginShare,

            @NotNull String formula,
            @NotNull String population,

            @Schema(
                    examples =
                            "ROI does not show how the base wears out: 6,300 of 8,600 did not answer, and each further message makes "
                                    + "an answer less likely.",
                    description = "What the ROI hides (erosion of the base)")
            @NotNull
            String warning,

            @Schema(description = "Of who got the campaign's messages, who neither opened nor clicked") @NotNull
            ShareView unanswered,

            @Schema(examples = "3.4", description = "Of those, messages unanswered in a row by now, mean") @Nullable
            BigDecimal unansweredInARow) {}

    @Schema(
            name = "CampaignReturns",
            description =
                    "B15: what all campaigns launched in the period brought beyond their control groups. The interval of the sum "
                            + "takes the campaigns as independent.")
    record CampaignReturns(
            @NotNull ReportAbout about,
            @NotNull BigDecimal marginShare,
            @NotNull CampaignTotal total,

            @Schema(description = "Of the period compared with") @Nullable
            CampaignTotal totalBefore,

            @Schema(description = "The latest launched first") @NotNull
            List<CampaignReturn> campaigns) {}

    @Schema(name = "CampaignTotal")
    record CampaignTotal(
            @Schema(examples = "12") @NotNull int campaigns,

            @Schema(examples = "2", description = "Without a control group: their revenue is in no sum, their cost is")
            @NotNull
            int withoutControlGroup,

            @Schema(examples = "1", description = "Which do not pay back for sure (A10)") @NotNull
            int notPayingBack,

            @NotNull Money incrementalRevenue,
            @NotNull Money incrementalRevenueLow,
            @NotNull Money incrementalRevenueHigh,

            @Schema(examples = "7.4", description = "Of all revenue of the period: the headline. The lectures name 7")
            @Nullable
            BigDecimal incrementalPercent,

            @Nullable BigDecimal incrementalPercentLow,
            @Nullable BigDecimal incrementalPercentHigh,

            @Schema(description = "Of all orders of the period") @NotNull
            Money revenue,

            @NotNull Money cost,

            @Schema(description = "incrementalRevenue x marginShare - cost") @NotNull
            Money profit,

            @Nullable BigDecimal roiPercent) {}
}
