package io.snowball.segmentation.repeat;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.NoPersonalData;
import io.snowball.platform.money.Money;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.repeat.RepeatApi.EffectiveFrequencyReport;
import io.snowball.segmentation.repeat.RepeatApi.LoyaltyFunnelReport;
import io.snowball.segmentation.repeat.RepeatApi.ProductKind;
import io.snowball.segmentation.repeat.RepeatApi.ProductRetentionReport;
import io.snowball.segmentation.report.Comparison;
import io.snowball.segmentation.report.Csv;
import io.snowball.segmentation.report.Period;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/reports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Customer reports")
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
@NoPersonalData("Figures of the base; nobody is named")
class RepeatResource {
    private static final String DAYS =
            "from and to are days (UTC), both inclusive. Cancelled and returned orders do not count.";
    private static final int ALL = 10_000;

    private final Frequencies frequencies;
    private final ProductRetentions products;
    private final Funnels funnels;

    RepeatResource(Frequencies frequencies, ProductRetentions products, Funnels funnels) {
        this.frequencies = frequencies;
        this.products = products;
        this.funnels = funnels;
    }

    @GET
    @Path("effective-frequency")
    @Operation(
            operationId = "getEffectiveFrequency",
            summary = "After how many purchases the next one is likely (B8)",
            description = DAYS + " And what a bonus on the first purchases costs (B9).")
    public Uni<EffectiveFrequencyReport> frequency(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare,
            @RestQuery @DefaultValue("180") @Min(1) @Max(1095) int windowDays,
            @RestQuery @DefaultValue("60") @DecimalMin("1") @DecimalMax("99") @Digits(integer = 2, fraction = 2)
                    BigDecimal targetPercent,
            @RestQuery @DefaultValue("20") @Min(1) @Max(100) int purchases,
            @RestQuery
                    @DefaultValue("0")
                    @DecimalMin("0")
                    @DecimalMax("1000000")
                    @Digits(integer = 7, fraction = 2)
                    @Parameter(description = "For each of the first purchases, in the currency", example = "100")
                    BigDecimal bonus) {
        return frequencies.report(new Frequencies.Question(
                Period.of(from, to).watching(windowDays),
                compare,
                windowDays,
                targetPercent,
                purchases,
                Money.of(bonus)));
    }

    @GET
    @Path("effective-frequency.csv")
    @Produces(Csv.MEDIA_TYPE)
    @Operation(operationId = "exportEffectiveFrequency", summary = "The effective frequency as CSV", description = DAYS)
    public Uni<String> frequencyAsCsv(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare,
            @RestQuery @DefaultValue("180") @Min(1) @Max(1095) int windowDays,
            @RestQuery @DefaultValue("20") @Min(1) @Max(100) int purchases) {
        return frequencies
                .report(new Frequencies.Question(
                        Period.of(from, to).watching(windowDays),
                        compare,
                        windowDays,
                        BigDecimal.valueOf(60),
                        purchases,
                        Money.ZERO))
                .map(Frequencies::csv);
    }

    @GET
    @Path("product-retention")
    @Operation(
            operationId = "getProductRetention",
            summary = "Who comes back after which product, and which products end the cycle (B7)",
            description = DAYS)
    public Uni<ProductRetentionReport> products(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare,
            @RestQuery @DefaultValue("SKU") ProductKind by,
            @RestQuery @DefaultValue("90") @Min(1) @Max(1095) int windowDays,
            @RestQuery @DefaultValue("30") @Min(1) @Max(1_000_000) int customersMin,
            @RestQuery @DefaultValue("50") @Min(1) @Max(1000) int rows) {
        return products.report(new ProductRetentions.Question(
                Period.of(from, to).watching(windowDays), compare, by, windowDays, customersMin, rows));
    }

    @GET
    @Path("product-retention.csv")
    @Produces(Csv.MEDIA_TYPE)
    @Operation(
            operationId = "exportProductRetention",
            summary = "Retention after products as CSV",
            description = DAYS + " Up to 10,000 products.")
    public Uni<String> productsAsCsv(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare,
            @RestQuery @DefaultValue("SKU") ProductKind by,
            @RestQuery @DefaultValue("90") @Min(1) @Max(1095) int windowDays,
            @RestQuery @DefaultValue("30") @Min(1) @Max(1_000_000) int customersMin) {
        return products.report(new ProductRetentions.Question(
                        Period.of(from, to).watching(windowDays), compare, by, windowDays, customersMin, ALL))
                .map(ProductRetentions::csv);
    }

    @GET
    @Path("loyalty-funnel")
    @Operation(
            operationId = "getLoyaltyFunnel",
            summary = "From potential to advocate (G1)",
            description = DAYS + " As it stands at the end of the period.")
    public Uni<LoyaltyFunnelReport> funnel(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare,
            @RestQuery @DefaultValue("90") @Min(1) @Max(1095) int activeDays) {
        return funnels.report(Period.of(from, to), compare, activeDays);
    }

    @GET
    @Path("loyalty-funnel.csv")
    @Produces(Csv.MEDIA_TYPE)
    @Operation(operationId = "exportLoyaltyFunnel", summary = "The loyalty funnel as CSV", description = DAYS)
    public Uni<String> funnelAsCsv(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare,
            @RestQuery @DefaultValue("90") @Min(1) @Max(1095) int activeDays) {
        return funnels.report(Period.of(from, to), compare, activeDays).map(Funnels::csv);
    }
}
