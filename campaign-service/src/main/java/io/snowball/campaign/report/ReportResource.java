package io.snowball.campaign.report;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.report.ReportApi.CampaignReport;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/api/v1/campaigns")
@Produces(APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SERVICE})
@Tag(name = "Reports", description = "What a campaign brought")
class ReportResource {
    private final Reports reports;

    ReportResource(Reports reports) {
        this.reports = reports;
    }

    @GET
    @Path("{id}/report")
    @Operation(
            operationId = "getCampaignReport",
            summary = "What a campaign brought",
            description =
                    "Where its messages ended, what came back, and what both groups bought within the attribution days,"
                            + " with 95 % confidence intervals. At any time, also while it runs.")
    public Uni<CampaignReport> get(
            @RestPath UUID id,
            @RestQuery
                    @DefaultValue("1")
                    @DecimalMin("0")
                    @DecimalMax("1")
                    @Parameter(description = "Share of revenue that is profit before the campaign's cost; for the ROI")
                    double margin) {
        return reports.of(id, margin);
    }
}
