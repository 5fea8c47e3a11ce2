package io.snowball.segmentation.growth;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.NoPersonalData;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.Revision;
import io.snowball.segmentation.growth.TargetApi.TargetPage;
import io.snowball.segmentation.growth.TargetApi.TargetReport;
import io.snowball.segmentation.growth.TargetApi.TargetSummary;
import io.snowball.segmentation.growth.TargetApi.TargetsBody;
import io.snowball.segmentation.report.Csv;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/reports/targets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Growth targets")
@NoPersonalData("Figures of the base; nobody is named")
class TargetResource {
    private final GrowthTargets targets;

    TargetResource(GrowthTargets targets) {
        this.targets = targets;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "listGrowthTargets",
            summary = "The goals of all years, the latest first",
            description = "A year begins on any day, its startOn.")
    public Uni<TargetPage> list() {
        return targets.list()
                .map(all -> new TargetPage(all.stream()
                        .map(one -> new TargetSummary(one.startOn(), one.goals()))
                        .toList()));
    }

    @PUT
    @Path("{startOn}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(
            operationId = "setGrowthTargets",
            summary = "Set the goals of the year from a day on (G12)",
            description =
                    "All of them at once. If-Match: the ETag of getGrowthTargets, or \"0\" where there are none for this day yet. "
                            + "Goals outside of what the lectures call usual are taken and marked.")
    @APIResponseSchema(TargetSummary.class)
    public Uni<RestResponse<TargetSummary>> set(
            @RestPath LocalDate startOn,
            @RestHeader("If-Match") @Nullable String ifMatch,
            @Valid @NotNull TargetsBody body) {
        return targets.save(startOn, body.goals(), Revision.required(ifMatch))
                .map(saved -> Revision.tagged(new TargetSummary(saved.startOn(), saved.goals()), saved.version()));
    }

    @GET
    @Path("{startOn}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "getGrowthTargets",
            summary = "How far a year's goals are reached (G12)",
            description = "ETag carries the version that setGrowthTargets wants in If-Match.")
    @APIResponseSchema(TargetReport.class)
    public Uni<RestResponse<TargetReport>> get(@RestPath LocalDate startOn) {
        return targets.get(startOn)
                .chain(found -> targets.track(found).map(report -> Revision.tagged(report, found.version())));
    }

    @GET
    @Path("{startOn}/tracking.csv")
    @Produces(Csv.MEDIA_TYPE)
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "exportGrowthTargets",
            summary = "How far they are reached, as CSV",
            description = "One line a goal.")
    public Uni<String> csv(@RestPath LocalDate startOn) {
        return targets.get(startOn).chain(targets::track).map(GrowthTargets::csv);
    }
}
