package io.snowball.segmentation.economics;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.money.Money;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.economics.BenchmarkApi.BenchmarkReport;
import io.snowball.segmentation.economics.EconomicsApi.DoublingInputs;
import io.snowball.segmentation.economics.EconomicsApi.LoyaltyInputs;
import io.snowball.segmentation.economics.OfferApi.OffersView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** The live base as the models' inputs: what is answered can be sent to the model as it is. */
@Path("/api/v1/economics")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Economics")
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
class LiveEconomicsResource {
    private static final String YEAR =
            "Measured on the orders that count of the last 365 days. Shares are parts of one: 0.2 is 20 %.";

    private final LiveSales live;
    private final Offers offers;
    private final Benchmarks benchmarks;

    LiveEconomicsResource(LiveSales live, Offers offers, Benchmarks benchmarks) {
        this.live = live;
        this.offers = offers;
        this.benchmarks = benchmarks;
    }

    @GET
    @Path("live-doubling-inputs")
    @Operation(
            operationId = "getLiveDoublingInputs",
            summary = "The doubling model's inputs as the base shows them, for calculateDoubling",
            description = YEAR
                    + " inflow: customers known (reach, M10); conversion: of them, who ordered in a month (a twelfth of the year), "
                    + "mean; averageBill: revenue / orders; transactions: orders of such a customer in such a month. So the revenue before "
                    + "growth is the mean revenue of a month.")
    public Uni<DoublingInputs> doubling(
            @RestQuery @DefaultValue("0.2") @DecimalMin("-1") @DecimalMax("10") @Digits(integer = 2, fraction = 6)
                    BigDecimal growth) {
        return live.doubling(growth);
    }

    @GET
    @Path("live-loyalty-inputs")
    @Operation(
            operationId = "getLiveLoyaltyInputs",
            summary = "The loyalty programme's inputs as the base shows them, for calculateLoyalty",
            description =
                    YEAR
                            + " Levels: customers with one order ever, with fewer than rfm-settings.loyalFromOrders, and with more; each "
                            + "with its orders a customer and its average bill of the year. What nobody can measure before is supposed as given.")
    public Uni<LoyaltyInputs> loyalty(
            @RestQuery @DefaultValue("0.05") @DecimalMin("0") @DecimalMax("1") @Digits(integer = 1, fraction = 6)
                    BigDecimal discountShare,
            @RestQuery @DefaultValue("0.3") @DecimalMin("0") @DecimalMax("1") @Digits(integer = 1, fraction = 6)
                    BigDecimal responseShare,
            @RestQuery @DefaultValue("0.25") @DecimalMin("0") @DecimalMax("10") @Digits(integer = 2, fraction = 6)
                    BigDecimal extraPurchasesShare,
            @RestQuery @DefaultValue("0.4") @DecimalMin("0") @DecimalMax("1") @Digits(integer = 1, fraction = 6)
                    BigDecimal marginShare,
            @RestQuery @DefaultValue("0") @DecimalMin("0") @DecimalMax("1000000000") @Digits(integer = 10, fraction = 2)
                    BigDecimal fixedCost) {
        return live.loyalty(new LiveSales.Assumptions(
                discountShare, responseShare, extraPurchasesShare, marginShare, Money.of(fixedCost)));
    }

    @GET
    @Path("differentiated-offers")
    @Operation(
            operationId = "getDifferentiatedOffers",
            summary = "Whom to offer what instead of discounts to all, and what that saves (G3)",
            description = YEAR)
    public Uni<OffersView> offers(
            @RestQuery @DefaultValue("0.1") @DecimalMin("0") @DecimalMax("1") @Digits(integer = 1, fraction = 6)
                    BigDecimal discountShare) {
        return offers.differentiated(discountShare);
    }

    @GET
    @Path("benchmarks")
    @Operation(
            operationId = "getBenchmarks",
            summary = "Figures that are often quoted, with their source, beside the company's own (E6, E7)",
            description =
                    "What 5 points more retention bring, and how much easier an existing client is converted: as quoted, and as "
                            + "the last twelve whole months and the last 90 days of the base show it.")
    public Uni<BenchmarkReport> benchmarks() {
        return benchmarks.report();
    }
}
