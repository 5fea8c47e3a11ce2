package io.snowball.segmentation.report;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.NoPersonalData;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.report.ReportApi.CohortReport;
import io.snowball.segmentation.report.ReportApi.MetricReport;
import io.snowball.segmentation.report.ReportApi.ParetoReport;
import io.snowball.segmentation.report.ReportApi.SecondPurchaseReport;
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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/reports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Customer reports")
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
@NoPersonalData("Sums over customers")
class ReportResource {
    private static final String DAYS =
            "from and to are days (UTC), both inclusive. Cancelled and returned orders do not count.";

    private final Reports reports;

    ReportResource(Reports reports) {
        this.reports = reports;
    }

    @GET
    @Path("metrics")
    @Operation(
            operationId = "getMetricReport",
            summary = "The lectures' metrics M1 to M12 of a period, compared",
            description = DAYS
                    + " Each metric carries its formula and its population. New clients in M8 are new payers who are still "
                    + "active at the end (X5). M11 and M12 are of today.")
    public Uni<MetricReport> metrics(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare,
            @RestQuery @DefaultValue("90") @Min(1) @Max(1095) int activeDays) {
        return reports.metrics(Period.of(from, to), compare, activeDays);
    }

    @GET
    @Path("metrics.csv")
    @Produces(Csv.MEDIA_TYPE)
    @Operation(operationId = "exportMetricReport", summary = "The metrics as CSV", description = DAYS)
    public Uni<String> metricsAsCsv(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare,
            @RestQuery @DefaultValue("90") @Min(1) @Max(1095) int activeDays) {
        return reports.metrics(Period.of(from, to), compare, activeDays).map(ReportTables::of);
    }

    @GET
    @Path("cohorts")
    @Operation(
            operationId = "getCohortReport",
            summary = "Retention and revenue of monthly cohorts",
            description = DAYS + " Cohorts of customers whose first order lies in the period, followed to its end.")
    public Uni<CohortReport> cohorts(@RestQuery @Nullable LocalDate from, @RestQuery @Nullable LocalDate to) {
        return reports.cohorts(Period.of(from, to));
    }

    @GET
    @Path("cohorts.csv")
    @Produces(Csv.MEDIA_TYPE)
    @Operation(operationId = "exportCohortReport", summary = "The cohorts as CSV", description = DAYS)
    public Uni<String> cohortsAsCsv(@RestQuery @Nullable LocalDate from, @RestQuery @Nullable LocalDate to) {
        return reports.cohorts(Period.of(from, to)).map(ReportTables::of);
    }

    @GET
    @Path("pareto")
    @Operation(
            operationId = "getParetoReport",
            summary = "Which share of revenue the best customers bring (E10)",
            description = DAYS)
    public Uni<ParetoReport> pareto(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare) {
        return reports.pareto(Period.of(from, to), compare);
    }

    @GET
    @Path("pareto.csv")
    @Produces(Csv.MEDIA_TYPE)
    @Operation(operationId = "exportParetoReport", summary = "The Pareto table as CSV", description = DAYS)
    public Uni<String> paretoAsCsv(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare) {
        return reports.pareto(Period.of(from, to), compare).map(ReportTables::of);
    }

    @GET
    @Path("second-purchase")
    @Operation(
            operationId = "getSecondPurchaseReport",
            summary = "From the first purchase to the second, and what if more went that way (A9)",
            description = DAYS + " points: percentage points by which the conversion is supposed to grow.")
    public Uni<SecondPurchaseReport> secondPurchase(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare,
            @RestQuery @DefaultValue("365") @Min(1) @Max(1095) int windowDays,
            @RestQuery @DefaultValue("5") @DecimalMin("-100") @DecimalMax("100") @Digits(integer = 3, fraction = 4)
                    BigDecimal points) {
        return reports.secondPurchase(Period.of(from, to), compare, windowDays, points);
    }

    @GET
    @Path("second-purchase.csv")
    @Produces(Csv.MEDIA_TYPE)
    @Operation(
            operationId = "exportSecondPurchaseReport",
            summary = "The way to the second purchase as CSV",
            description = DAYS)
    public Uni<String> secondPurchaseAsCsv(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare,
            @RestQuery @DefaultValue("365") @Min(1) @Max(1095) int windowDays,
            @RestQuery @DefaultValue("5") @DecimalMin("-100") @DecimalMax("100") @Digits(integer = 3, fraction = 4)
                    BigDecimal points) {
        return reports.secondPurchase(Period.of(from, to), compare, windowDays, points)
                .map(ReportTables::of);
    }
}
