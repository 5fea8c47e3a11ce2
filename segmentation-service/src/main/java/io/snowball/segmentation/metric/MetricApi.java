package io.snowball.segmentation.metric;

import io.snowball.platform.money.Money;
import io.snowball.segmentation.rfm.RfmCell;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of a customer's metrics. */
final class MetricApi {
    private MetricApi() {}

    @Schema(
            name = "CustomerMetrics",
            description =
                    "What depends on an order is absent where there is none. Cancelled and returned orders do not count.")
    record CustomerMetricsView(
            @NotNull UUID customerId,

            @Schema(examples = "4", description = "Without cancelled and returned ones") @NotNull
            int orders,

            @NotNull Money revenue,

            @Schema(description = "M2: revenue / orders, rounded half up") @Nullable
            Money averageBill,

            @Nullable Instant firstOrderAt,
            @Nullable Instant lastOrderAt,

            @Schema(examples = "120", description = "Whole days of 24 hours") @Nullable
            Long daysSinceFirstOrder,

            @Schema(examples = "12", description = "Whole days of 24 hours") @Nullable
            Long daysSinceLastOrder,

            @Schema(
                    examples = "36.5",
                    description =
                            "M5: (last order - first order) / (orders - 1) in days, one decimal place; from two orders on")
            @Nullable
            BigDecimal averageIntervalDays,

            @Schema(
                    examples = "410",
                    description =
                            "M6: whole days from the first order to the churn, which is the last order of who is lost by "
                                    + "rfm-settings.atRiskDays; to now for who is not")
            @Nullable
            Long lifetimeDays,

            @Schema(description = "M7: what the customer really brought so far; no forecast in it") @NotNull
            Money realisedCltv,

            @Schema(examples = "1", description = "Orders that came back, in whole or in part") @NotNull
            int returns,

            @NotNull Money returnedAmount,

            @Schema(
                    examples = "20",
                    description =
                            "The hour of day with most orders, by the customer's clock (Moscow's where their time zone is "
                                    + "not known); the earliest of equals")
            @Nullable
            Integer favouriteHour,

            @Schema(examples = "Обувь", description = "In most orders; the latest bought of equals") @Nullable
            String favouriteCategory,

            @Nullable RfmCell cell,
            @NotNull Engagement engagement,

            @Schema(
                    description =
                            "The last answer of each kind; none where the customer was never asked or never answered")
            @NotNull
            List<LastAnswer> feedback) {}

    @Schema(name = "LastAnswerKind")
    enum LastAnswerKind {
        NPS,
        CSAT,
        CES,
        CLI
    }

    @Schema(
            name = "LastAnswer",
            description = "What the customer said last; a comment is known in customer-service only")
    record LastAnswer(
            @NotNull LastAnswerKind kind,

            @Schema(examples = "9", description = "NPS 0 to 10; of CLI the mean of its three marks") @NotNull
            BigDecimal score,

            @NotNull Instant answeredAt) {}

    @Schema(name = "CustomerEngagement", description = "Messages that bounced do not count.")
    record Engagement(
            @Schema(examples = "12") @NotNull int sent,

            @Schema(examples = "5", description = "Messages opened; a click counts as an open") @NotNull
            int opened,

            @Schema(examples = "2", description = "Messages clicked") @NotNull
            int clicked,

            @Schema(examples = "3", description = "Messages sent since the newest that was opened") @NotNull
            int unansweredInARow,

            @Schema(
                    examples = "EMAIL",
                    description = "The channel of which the largest share was opened; absent where nothing was opened")
            @Nullable
            String favouriteChannel,

            @Nullable Instant lastSentAt,
            @Nullable Instant lastAnsweredAt,

            @Schema(description = "By the share that was opened, the best first: the channel this customer answers in")
            @NotNull
            List<ChannelEngagement> channels) {
        static final Engagement NONE = new Engagement(0, 0, 0, 0, null, null, null, List.of());

        Engagement by(List<ChannelEngagement> byChannel) {
            return new Engagement(
                    sent, opened, clicked, unansweredInARow, favouriteChannel, lastSentAt, lastAnsweredAt, byChannel);
        }
    }

    @Schema(name = "ChannelEngagement")
    record ChannelEngagement(
            @Schema(examples = "EMAIL") @NotNull String channel,

            @Schema(examples = "12") @NotNull int sent,

            @Schema(examples = "5") @NotNull int opened,

            @Schema(examples = "2") @NotNull int clicked) {}
}
