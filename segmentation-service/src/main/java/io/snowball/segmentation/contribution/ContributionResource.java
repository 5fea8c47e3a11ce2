package io.snowball.segmentation.contribution;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.NoPersonalData;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.contribution.ContributionApi.Basis;
import io.snowball.segmentation.contribution.ContributionApi.CampaignReturnReport;
import io.snowball.segmentation.contribution.ContributionApi.CampaignReturns;
import io.snowball.segmentation.contribution.ContributionApi.CrmShareReport;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/reports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Customer reports")
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
@NoPersonalData("Figures of the base; nobody is named")
class ContributionResource {
    private static final String DAYS =
            "from and to are days (UTC), both inclusive. Cancelled and returned orders do not count.";
    private static final String ASKED = " Answers 503 while campaign-service does not answer.";

    private final CrmShares shares;
    private final CampaignProfits profits;

    ContributionResource(CrmShares shares, CampaignProfits profits) {
        this.shares = shares;
        this.profits = profits;
    }

    @GET
    @Path("crm-share")
    @Operation(
            operationId = "getCrmShare",
            summary = "The share of revenue that follows messages (B16), and what channels really deliver (X11)",
            description = DAYS)
    public Uni<CrmShareReport> share(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare,
            @RestQuery @DefaultValue("OPENED") Basis basis,
            @RestQuery @DefaultValue("7") @Min(1) @Max(90) int attributionDays) {
        return shares.report(new CrmShares.Question(Period.of(from, to), compare, basis, attributionDays));
    }

    @GET
    @Path("crm-share.csv")
    @Produces(Csv.MEDIA_TYPE)
    @Operation(operationId = "exportCrmShare", summary = "The channels' contribution as CSV", description = DAYS)
    public Uni<String> shareAsCsv(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare,
            @RestQuery @DefaultValue("OPENED") Basis basis,
            @RestQuery @DefaultValue("7") @Min(1) @Max(90) int attributionDays) {
        return shares.report(new CrmShares.Question(Period.of(from, to), compare, basis, attributionDays))
                .map(CrmShares::csv);
    }

    @GET
    @Path("campaign-returns")
    @Operation(
            operationId = "getCampaignReturns",
            summary = "What campaigns brought beyond their control groups: the headline (B15) and each one's ROI (M13)",
            description = DAYS + " Of the 5,000 campaigns created last." + ASKED)
    public Uni<CampaignReturns> returns(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare,
            @RestQuery @DefaultValue("1") @DecimalMin("0") @DecimalMax("1") @Digits(integer = 1, fraction = 6)
                    BigDecimal margin) {
        return profits.all(Period.of(from, to), compare, margin);
    }

    @GET
    @Path("campaign-returns.csv")
    @Produces(Csv.MEDIA_TYPE)
    @Operation(
            operationId = "exportCampaignReturns",
            summary = "The campaigns' returns as CSV",
            description = DAYS + ASKED)
    public Uni<String> returnsAsCsv(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare,
            @RestQuery @DefaultValue("1") @DecimalMin("0") @DecimalMax("1") @Digits(integer = 1, fraction = 6)
                    BigDecimal margin) {
        return profits.all(Period.of(from, to), compare, margin).map(CampaignProfits::csv);
    }

    @GET
    @Path("campaign-returns/{campaignId}")
    @Operation(
            operationId = "getCampaignReturn",
            summary = "The ROI of a campaign, and what it hides (M13, H8)",
            description = "margin: the part of revenue that is profit before the campaign's cost." + ASKED)
    public Uni<CampaignReturnReport> one(
            @RestPath UUID campaignId,
            @RestQuery @DefaultValue("1") @DecimalMin("0") @DecimalMax("1") @Digits(integer = 1, fraction = 6)
                    BigDecimal margin) {
        return profits.one(campaignId, margin);
    }
}
