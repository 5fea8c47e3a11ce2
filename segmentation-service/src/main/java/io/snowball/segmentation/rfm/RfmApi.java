package io.snowball.segmentation.rfm;

import io.snowball.platform.money.Money;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The wire types of the grid and its settings. */
final class RfmApi {
    private RfmApi() {}

    /** A share with four decimal places, rounded half up; nothing of nothing is 0. */
    static BigDecimal part(long of, long all) {
        return all == 0
                ? BigDecimal.ZERO.setScale(4)
                : BigDecimal.valueOf(of).divide(BigDecimal.valueOf(all), 4, RoundingMode.HALF_UP);
    }

    @Schema(name = "RfmReport")
    record RfmReport(
            @NotNull Instant asOf,

            @Schema(description = "From the most to the least frequent buyers") @NotNull
            List<RfmCell.Row> rows,

            @Schema(description = "From lost to fresh") @NotNull
            List<RfmCell.Column> columns,

            @Schema(description = "All eleven, also the empty ones") @NotNull
            List<RfmCellView> cells,

            @Schema(examples = "2357", description = "Customers who ever bought: the sum over the cells") @NotNull
            long customers,

            @Schema(examples = "6919", description = "Orders that count") @NotNull
            long orders,

            @NotNull Money revenue,

            @Schema(examples = "120", description = "Customers without an order; they are in no cell") @NotNull
            long neverBought) {}

    @Schema(name = "RfmCellView")
    record RfmCellView(
            @NotNull RfmCell cell,
            @NotNull RfmCell.Row row,
            @NotNull RfmCell.Column column,

            @Schema(examples = "Новички") @NotNull String nameRu,

            @Schema(examples = "Newcomers") @NotNull String nameEn,

            @Schema(examples = "310") @NotNull long customers,

            @NotNull Money revenue,

            @Schema(examples = "0.1315", description = "Part of all buyers, four decimal places") @NotNull
            BigDecimal share,

            @Schema(examples = "0.0821", description = "Part of all revenue, four decimal places") @NotNull
            BigDecimal revenueShare) {
        static RfmCellView of(RfmCell cell, long customers, Money revenue, long allCustomers, Money allRevenue) {
            return new RfmCellView(
                    cell,
                    cell.row(),
                    cell.column(),
                    cell.nameRu(),
                    cell.nameEn(),
                    customers,
                    revenue,
                    part(customers, allCustomers),
                    part(revenue.kopecks(), allRevenue.kopecks()));
        }
    }

    @Schema(
            name = "RfmSettings",
            description = "firstPurchaseDays <= activeDays < atRiskDays, and promisingFromOrders < loyalFromOrders")
    record RfmSettingsBody(
            @Schema(
                    examples = "30",
                    description = "One-time buyers count as a first purchase up to this many whole days, inclusive")
            @NotNull
            @Min(1)
            @Max(3650)
            Integer firstPurchaseDays,

            @Schema(examples = "90", description = "Active up to this many whole days since the last order, inclusive")
            @NotNull
            @Min(1)
            @Max(3650)
            Integer activeDays,

            @Schema(examples = "180", description = "At risk up to this many whole days, inclusive; lost beyond")
            @NotNull
            @Min(1)
            @Max(3650)
            Integer atRiskDays,

            @Schema(examples = "2") @NotNull @Min(2) @Max(1000)
            Integer promisingFromOrders,

            @Schema(examples = "4") @NotNull @Min(3) @Max(1000)
            Integer loyalFromOrders,

            @NotNull Money vipFromRevenue) {
        static RfmSettingsBody of(RfmSettings settings) {
            return new RfmSettingsBody(
                    settings.firstPurchaseDays(),
                    settings.activeDays(),
                    settings.atRiskDays(),
                    settings.promisingFromOrders(),
                    settings.loyalFromOrders(),
                    settings.vipFromRevenue());
        }

        RfmSettings toSettings() {
            return new RfmSettings(
                    firstPurchaseDays, activeDays, atRiskDays, promisingFromOrders, loyalFromOrders, vipFromRevenue);
        }
    }
}
