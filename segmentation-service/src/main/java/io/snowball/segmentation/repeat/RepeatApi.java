package io.snowball.segmentation.repeat;

import io.snowball.platform.money.Money;
import io.snowball.segmentation.report.ReportAbout;
import io.snowball.segmentation.report.ShareView;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of what makes customers come again. */
final class RepeatApi {
    private RepeatApi() {}

    @Schema(
            name = "EffectiveFrequencyReport",
            description =
                    "B8: the number of purchases after which the next one is as likely as wanted. effective is the first number "
                            + "whose share reaches the target, on at least 30 purchases; the true one lies between effectiveLow, the first "
                            + "whose interval touches the target, and effectiveHigh, the first whose whole interval is above it.")
    record EffectiveFrequencyReport(
            @NotNull ReportAbout about,

            @Schema(examples = "180") @NotNull int windowDays,

            @Schema(examples = "60") @NotNull BigDecimal targetPercent,

            @Schema(examples = "3", description = "Absent where no number of purchases reaches the target") @Nullable
            Integer effective,

            @Nullable Integer effectiveLow,
            @Nullable Integer effectiveHigh,

            @Schema(description = "Of the period compared with") @Nullable
            Integer effectiveBefore,

            @NotNull List<FrequencyRow> rows,

            @Schema(description = "B9; absent where there is no effective number") @Nullable
            BonusView bonus) {}

    @Schema(name = "FrequencyRow")
    record FrequencyRow(
            @Schema(examples = "1", description = "The customer's first purchase, second …") @NotNull
            int purchase,

            @Schema(description = "Of those purchases in the period, after how many another came within windowDays")
            @NotNull
            ShareView next,

            @Schema(description = "Of the period compared with") @Nullable
            BigDecimal percentBefore,

            @Schema(examples = "1493", description = "Customers who have made just so many by the end of the period")
            @NotNull
            long standing) {}

    @Schema(
            name = "FirstPurchasesBonus",
            description = "B9: what a bonus on each of the first purchases costs at most, until everybody is there")
    record BonusView(
            @Schema(examples = "2328", description = "With fewer purchases than the effective number") @NotNull
            long customers,

            @Schema(examples = "3821", description = "That they lack, together") @NotNull
            long purchases,

            @Schema(description = "purchases x bonus") @NotNull
            Money costMax) {}

    @Schema(name = "ProductKind")
    enum ProductKind {
        SKU,
        CATEGORY
    }

    @Schema(
            name = "ProductRetentionReport",
            description =
                    "B7: who buys anything again after buying a certain product. Of a thousand products with the usual retention "
                            + "about 25 seem to end the cycle by chance: look at the largest first.")
    record ProductRetentionReport(
            @NotNull ReportAbout about,

            @Schema(examples = "90") @NotNull int windowDays,

            @NotNull ProductKind by,

            @Schema(description = "The same of all products together: what each is measured against") @NotNull
            ShareView usual,

            @Schema(description = "Of the period compared with") @Nullable
            BigDecimal usualPercentBefore,

            @Schema(description = "Those that end the cycle first, by the upper end of the interval") @NotNull
            List<ProductRetentionRow> rows) {}

    @Schema(name = "ProductRetention")
    record ProductRetentionRow(
            @Schema(examples = "22423", description = "SKU or category code") @NotNull
            String product,

            @Schema(description = "Of its buyers, who ordered again within windowDays") @NotNull
            ShareView again,

            @Schema(description = "Of the period compared with") @Nullable
            BigDecimal percentBefore,

            @NotNull CycleVerdict verdict) {}

    @Schema(
            name = "CycleVerdict",
            description =
                    "ENDS_THE_CYCLE: the whole interval lies below the usual retention; BRINGS_BACK: above it; AS_USUAL: neither")
    enum CycleVerdict {
        ENDS_THE_CYCLE,
        AS_USUAL,
        BRINGS_BACK
    }

    @Schema(
            name = "LoyaltyFunnelReport",
            description =
                    "G1: at the end of the period, how far customers have come. Counts are of the highest level reached; a level is "
                            + "not lost again by staying away, see active.")
    record LoyaltyFunnelReport(
            @NotNull ReportAbout about,

            @Schema(examples = "90") @NotNull int activeDays,

            @Schema(examples = "4", description = "rfm-settings.loyalFromOrders") @NotNull
            int loyalFromOrders,

            @NotNull List<FunnelLevelView> levels) {}

    @Schema(name = "FunnelLevelName")
    enum FunnelLevel {
        POTENTIAL("Потенциальный"),
        NEW("Новый"),
        REPEAT("Повторный"),
        LOYAL("Лояльный"),
        ADVOCATE("Адвокат");

        private final String nameRu;

        FunnelLevel(String nameRu) {
            this.nameRu = nameRu;
        }

        String nameRu() {
            return nameRu;
        }
    }

    @Schema(
            name = "FunnelLevel",
            description =
                    "POTENTIAL: known, nothing bought; NEW: one order; REPEAT: from two; LOYAL: from loyalFromOrders; ADVOCATE: loyal "
                            + "and speaks well of the brand (G15): the last NPS answer up to the end of the period is 9 or 10, or, without any, "
                            + "somebody whom they invited had bought by then")
    record FunnelLevelView(
            @NotNull FunnelLevel level,

            @Schema(examples = "Повторный") @NotNull String nameRu,

            @Schema(examples = "1200", description = "Who stands on it") @NotNull
            Long customers,

            @Schema(
                    description =
                            "Of those who have reached the level before, who have reached this one; not for the first")
            @Nullable
            ShareView reached,

            @Schema(
                    examples = "310",
                    description =
                            "Of ADVOCATE only: who of those who have become loyal answered NPS at all; the others are advocates "
                                    + "only by whom they invited")
            @Nullable
            Long answered,

            @Schema(examples = "800", description = "Who stands on it and ordered in the activeDays before the end")
            @NotNull
            Long active,

            @Schema(description = "Of their orders up to the end") @NotNull
            Money revenue,

            @Schema(examples = "31.5") @Nullable BigDecimal revenuePercent,

            @Schema(description = "Customers at the end of the period compared with") @Nullable
            Long customersBefore) {}
}
