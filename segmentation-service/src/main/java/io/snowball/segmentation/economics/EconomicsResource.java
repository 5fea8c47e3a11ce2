package io.snowball.segmentation.economics;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.economics.EconomicsApi.CompareScenarios;
import io.snowball.segmentation.economics.EconomicsApi.DoublingInputs;
import io.snowball.segmentation.economics.EconomicsApi.DoublingView;
import io.snowball.segmentation.economics.EconomicsApi.LiveInputsView;
import io.snowball.segmentation.economics.EconomicsApi.LoyaltyInputs;
import io.snowball.segmentation.economics.EconomicsApi.LoyaltyView;
import io.snowball.segmentation.economics.EconomicsApi.ScenarioComparison;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Nothing is created: the POSTs ask a question that is too long for an address. */
@Path("/api/v1/economics")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Economics")
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
class EconomicsResource {
    private final Economics economics;

    EconomicsResource(Economics economics) {
        this.economics = economics;
    }

    @GET
    @Path("live-inputs")
    @Operation(
            operationId = "getLiveInputs",
            summary = "The growth model's inputs as the base shows them",
            description =
                    "clients: who ordered in the activeDays before the current month; inflow: first orders a month; keptShare: of "
                            + "the new, who ordered again within activeDays (X5: new payers who are still active); churnShare: of clients at a "
                            + "month's start, who are none at its end; averageBill: revenue / orders; transactions: orders / (clients + new) of "
                            + "each month. The whole months before the current one (UTC); 0 where there is nothing to divide by.")
    public Uni<LiveInputsView> live(
            @RestQuery @DefaultValue("12") @Min(1) @Max(36) int months,
            @RestQuery @DefaultValue("90") @Min(7) @Max(730) int activeDays) {
        return economics.live(months, activeDays);
    }

    @POST
    @Path("scenarios")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "compareScenarios",
            summary = "The twelve-month model, scenarios side by side",
            description =
                    "The model of the lectures: end = start + inflow x keptShare - start x churnShare, revenue = (start + inflow) x "
                            + "averageBill x transactions, for up to twelve months. A scenario without inputs takes those of the live base.")
    @APIResponseSchema(ScenarioComparison.class)
    public Uni<ScenarioComparison> scenarios(@Valid @NotNull CompareScenarios body) {
        return economics.compare(body);
    }

    @POST
    @Path("doubling")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "calculateDoubling",
            summary = "What growth of four factors at once makes of the revenue",
            description =
                    "The doubling model of the lectures (E1 to E5): with 20 % each, revenue grows 1.2^4 = 2.0736 times.")
    @APIResponseSchema(DoublingView.class)
    public RestResponse<DoublingView> doubling(@Valid @NotNull DoublingInputs body) {
        return RestResponse.ok(Economics.doubling(body));
    }

    @POST
    @Path("loyalty")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "calculateLoyalty",
            summary = "What a loyalty programme costs and brings in a year",
            description =
                    "Who gets which discount, its effect on turnover and on margin, what is lost on purchases that would have been "
                            + "made anyway, and the growth at which each level pays for itself (A7, B12).")
    @APIResponseSchema(LoyaltyView.class)
    public RestResponse<LoyaltyView> loyalty(@Valid @NotNull LoyaltyInputs body) {
        return RestResponse.ok(Economics.loyalty(body));
    }
}
