package io.snowball.segmentation.growth;

import io.snowball.platform.money.Money;
import io.snowball.segmentation.report.ReportAbout;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of where growth comes from. */
final class GrowthApi {
    private GrowthApi() {}

    @Schema(
            name = "GrowthLever",
            description =
                    "MORE: clients; LONGER: months of the period in which a client bought; OFTENER: orders of a client in such a month; "
                            + "DEARER: average bill. Their product is the revenue.")
    enum Lever {
        MORE("Больше"),
        OFTENER("Чаще"),
        LONGER("Дольше"),
        DEARER("Дороже");

        private final String nameRu;

        Lever(String nameRu) {
            this.nameRu = nameRu;
        }

        String nameRu() {
            return nameRu;
        }
    }

    @Schema(
            name = "GrowthLeverReport",
            description = "G11: the effects of the four levers add up to difference, to the kopeck")
    record LeverReport(
            @NotNull ReportAbout about,
            @NotNull Money revenue,
            @NotNull Money revenueBefore,

            @Schema(description = "revenue - revenueBefore") @NotNull
            Money difference,

            @NotNull List<LeverView> levers) {}

    @Schema(name = "GrowthLeverEffect")
    record LeverView(
            @NotNull Lever lever,

            @Schema(examples = "Чаще") @NotNull String nameRu,

            @Schema(examples = "1.4812", description = "Four decimal places; absent where nobody bought") @Nullable
            BigDecimal value,

            @Nullable BigDecimal before,

            @Schema(examples = "4.2", description = "Per cent of the value before") @Nullable
            BigDecimal changePercent,

            @Schema(
                    description =
                            "Its part of the difference: Shapley's value, the mean over all orders in which the levers could have "
                                    + "changed one by one. All of it is MORE's where nobody bought in one of the periods")
            @NotNull
            Money effect) {}

    @Schema(
            name = "AnsoffReport",
            description =
                    "G9: whose and which sales the revenue is made of. Existing customers ordered before the period, existing products "
                            + "were sold before it. The four fields and revenueWithoutProduct add up to revenue.")
    record AnsoffReport(
            @NotNull ReportAbout about,
            @NotNull Money revenue,

            @Schema(description = "Of orders or parts of orders whose products are not known") @NotNull
            Money revenueWithoutProduct,

            @NotNull List<AnsoffField> fields,
            @NotNull PenetrationView penetration) {}

    @Schema(
            name = "AnsoffStrategy",
            description =
                    "MARKET_PENETRATION: existing products to existing customers; MARKET_DEVELOPMENT: existing products to new "
                            + "customers; PRODUCT_DEVELOPMENT: new products to existing customers; DIVERSIFICATION: new products to new ones")
    enum Strategy {
        MARKET_PENETRATION,
        MARKET_DEVELOPMENT,
        PRODUCT_DEVELOPMENT,
        DIVERSIFICATION
    }

    @Schema(name = "AnsoffField")
    record AnsoffField(
            @NotNull Strategy strategy,
            @NotNull Money revenue,

            @Schema(examples = "61.2", description = "Of the revenue") @Nullable
            BigDecimal revenuePercent,

            @Schema(examples = "1204", description = "With such a line in an order of the period") @NotNull
            long customers,

            @Schema(description = "Of the period compared with") @Nullable
            Money revenueBefore) {}

    @Schema(
            name = "Penetration",
            description =
                    "How penetration grows: by frequency and quantity of existing customers, and by whom they invite")
    record PenetrationView(
            @Schema(examples = "1204", description = "Existing customers with an order in the period") @NotNull
            long customers,

            @Schema(examples = "2.31", description = "Frequency: orders of such a customer in the period") @Nullable
            BigDecimal ordersPerCustomer,

            @Nullable BigDecimal ordersPerCustomerBefore,

            @Schema(examples = "14.02", description = "Quantity: pieces in an order of such a customer") @Nullable
            BigDecimal piecesPerOrder,

            @Nullable BigDecimal piecesPerOrderBefore,

            @Schema(
                    examples = "1.31",
                    description =
                            "B6: product categories in an order of such a customer, of orders with a known category; absent where none has")
            @Nullable
            BigDecimal categoriesPerOrder,

            @Nullable BigDecimal categoriesPerOrderBefore,

            @NotNull ReferralPenetration referrals) {}

    @Schema(name = "ReferralPenetration", description = "Invitations that turned out to be none (VOID) are left out")
    record ReferralPenetration(
            @Schema(examples = "120", description = "Made in the period") @NotNull
            long invitations,

            @Schema(examples = "85", description = "Who made them") @NotNull
            long inviters,

            @Schema(
                    examples = "41",
                    description = "Who was invited, whenever, and ordered for the first time in the period")
            @NotNull
            long newCustomers,

            @Schema(description = "Of their orders in the period") @NotNull
            Money revenue,

            @Nullable Long newCustomersBefore,
            @Nullable Money revenueBefore) {}
}
