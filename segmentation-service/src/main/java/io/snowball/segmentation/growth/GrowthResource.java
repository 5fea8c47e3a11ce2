package io.snowball.segmentation.growth;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.NoPersonalData;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.growth.GrowthApi.AnsoffReport;
import io.snowball.segmentation.growth.GrowthApi.LeverReport;
import io.snowball.segmentation.report.Comparison;
import io.snowball.segmentation.report.Csv;
import io.snowball.segmentation.report.Period;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/reports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Customer reports")
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
@NoPersonalData("Figures of the base; nobody is named")
class GrowthResource {
    private static final String DAYS =
            "from and to are days (UTC), both inclusive. Cancelled and returned orders do not count.";

    private final GrowthReports reports;

    GrowthResource(GrowthReports reports) {
        this.reports = reports;
    }

    @GET
    @Path("growth-levers")
    @Operation(
            operationId = "getGrowthLevers",
            summary = "More, oftener, longer, dearer: what made the revenue change (G11)",
            description = DAYS)
    public Uni<LeverReport> levers(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare) {
        return reports.levers(Period.of(from, to), compare);
    }

    @GET
    @Path("growth-levers.csv")
    @Produces(Csv.MEDIA_TYPE)
    @Operation(operationId = "exportGrowthLevers", summary = "The four levers as CSV", description = DAYS)
    public Uni<String> leversAsCsv(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare) {
        return reports.levers(Period.of(from, to), compare).map(GrowthReports::csv);
    }

    @GET
    @Path("ansoff")
    @Operation(
            operationId = "getAnsoffMatrix",
            summary = "Revenue by Ansoff's matrix, and how penetration grows (G9)",
            description = DAYS)
    public Uni<AnsoffReport> ansoff(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare) {
        return reports.ansoff(Period.of(from, to), compare);
    }

    @GET
    @Path("ansoff.csv")
    @Produces(Csv.MEDIA_TYPE)
    @Operation(operationId = "exportAnsoffMatrix", summary = "Ansoff's matrix as CSV", description = DAYS)
    public Uni<String> ansoffAsCsv(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare) {
        return reports.ansoff(Period.of(from, to), compare).map(GrowthReports::csv);
    }
}
