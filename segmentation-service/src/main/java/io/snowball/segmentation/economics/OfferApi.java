package io.snowball.segmentation.economics;

import io.snowball.platform.money.Money;
import io.snowball.segmentation.rfm.RfmCell;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The wire types of a differentiated offer. */
final class OfferApi {
    private OfferApi() {}

    @Schema(
            name = "OfferAction",
            description =
                    "What the deck says to do: newcomers to retention, promising ones to VIP, loyal ones to referral, VIP to thanks "
                            + "and support, who is at risk or asleep to reactivation, churned loyal ones to return")
    enum Action {
        RETENTION(true),
        GROWTH_TO_VIP(false),
        REFERRAL(false),
        THANKS_AND_SUPPORT(false),
        REACTIVATION(true),
        RETURN(true);

        private final boolean discounted;

        Action(boolean discounted) {
            this.discounted = discounted;
        }

        /** Only where a purchase is in doubt: all others would get a discount for what they buy anyway. */
        boolean discounted() {
            return discounted;
        }
    }

    @Schema(
            name = "DifferentiatedOffers",
            description =
                    "G3: a discount for all beside one only where a purchase is in doubt. Both are reckoned on the orders of the last "
                            + "365 days, as if they came again without any offer: what is given away on them buys nothing.")
    record OffersView(
            @Schema(examples = "0.1") @NotNull BigDecimal discountShare,

            @NotNull String formula,
            @NotNull String population,

            @Schema(description = "revenue x discountShare, of all cells") @NotNull
            Money costOfDiscountToAll,

            @Schema(description = "Of the cells that are discounted") @NotNull
            Money costOfDifferentiatedOffer,

            @Schema(description = "The difference") @NotNull Money saved,

            @NotNull List<OfferView> offers) {}

    @Schema(name = "DifferentiatedOffer")
    record OfferView(
            @NotNull RfmCell cell,

            @Schema(examples = "Новички") @NotNull String nameRu,

            @NotNull Action action,

            @Schema(
                    description =
                            "The offer is the discount; else one that costs no margin: thanks, early access, referral")
            @NotNull
            boolean discounted,

            @Schema(examples = "1200") @NotNull long customers,

            @Schema(description = "Of the last 365 days") @NotNull
            Money revenue,

            @Schema(description = "revenue x discountShare: given away if all get the discount") @NotNull
            Money discountToAll) {}
}
