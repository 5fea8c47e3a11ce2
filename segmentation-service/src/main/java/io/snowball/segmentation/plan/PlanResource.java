package io.snowball.segmentation.plan;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.NoPersonalData;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.plan.PlanApi.PlanView;
import io.snowball.segmentation.plan.PlanApi.QuestionsView;
import io.snowball.segmentation.plan.PlanApi.Step;
import io.snowball.segmentation.plan.PlanApi.StepDone;
import io.snowball.segmentation.report.Comparison;
import io.snowball.segmentation.report.Csv;
import io.snowball.segmentation.report.Period;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/reports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Implementation plan")
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
@NoPersonalData("Steps of a plan and figures of the base")
class PlanResource {
    private static final String DAYS = "from and to are days (UTC), both inclusive.";

    private final Plans plans;
    private final Questions questions;

    PlanResource(Plans plans, Questions questions) {
        this.plans = plans;
        this.questions = questions;
    }

    @GET
    @Path("plan")
    @Operation(
            operationId = "getImplementationPlan",
            summary = "The ten steps of the introduction, the five stages, and what was begun too early (G13, A6, A10)",
            description = "Steps are ticked off by people (setPlanStep); the data here show what speaks for it.")
    public Uni<PlanView> plan() {
        return plans.current();
    }

    @GET
    @Path("plan.csv")
    @Produces(Csv.MEDIA_TYPE)
    @Operation(
            operationId = "exportImplementationPlan",
            summary = "The ten steps as CSV",
            description = "In their order; doneOn is empty while a step is open.")
    public Uni<String> planAsCsv() {
        return plans.current().map(Plans::csv);
    }

    @PUT
    @Path("plan/{step}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(
            operationId = "setPlanStep",
            summary = "Tick a step off, or open it again",
            description = "Answers the whole plan.")
    @APIResponseSchema(PlanView.class)
    public Uni<PlanView> tick(@RestPath Step step, @Valid @NotNull StepDone body) {
        return plans.tick(step, body.doneOn());
    }

    @GET
    @Path("questions")
    @Operation(
            operationId = "getBusinessQuestions",
            summary = "The eight questions of the analysis, answered from the base (A8)",
            description = DAYS)
    public Uni<QuestionsView> questions(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare) {
        return questions.answer(Period.of(from, to), compare);
    }

    @GET
    @Path("questions.csv")
    @Produces(Csv.MEDIA_TYPE)
    @Operation(operationId = "exportBusinessQuestions", summary = "The eight questions as CSV", description = DAYS)
    public Uni<String> questionsAsCsv(
            @RestQuery @Nullable LocalDate from,
            @RestQuery @Nullable LocalDate to,
            @RestQuery @DefaultValue("PREVIOUS") Comparison compare) {
        return questions.answer(Period.of(from, to), compare).map(Questions::csv);
    }
}
