package io.snowball.segmentation.erosion;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.NoPersonalData;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.erosion.ErosionApi.ErosionPeriodReport;
import io.snowball.segmentation.erosion.ErosionApi.Response;
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

/** Erosion as the other metrics are asked for: of a period, compared. */
@Path("/api/v1/reports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Erosion")
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
@NoPersonalData("Sums over customers")
class ErosionReportResource {
    private static final String CYCLES =
            "from and to are days (UTC), both inclusive. Cycles that begin and end between them count; the first message of each is "
                    + "looked at as getErosion describes it. Counted when asked for.";

    private final Erosion erosion;

    ErosionReportResource(Erosion erosion) {
        this.erosion = erosion;
    }

    @GET
    @Path("erosion")
    @Operation(
            operationId = "getErosionReport",
            summary = "The erosion of the base in a period, compared (M14)",
            description = CYCLES)
    public Uni<ErosionPeriodReport> erosion(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare,
            @RestQuery @DefaultValue("ORDERED") Response response) {
        return erosion.report(Period.of(from, to), compare, response);
    }

    @GET
    @Path("erosion.csv")
    @Produces(Csv.MEDIA_TYPE)
    @Operation(operationId = "exportErosionReport", summary = "Erosion as CSV", description = CYCLES)
    public Uni<String> erosionAsCsv(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare,
            @RestQuery @DefaultValue("ORDERED") Response response) {
        return erosion.report(Period.of(from, to), compare, response).map(ErosionTable::of);
    }
}
