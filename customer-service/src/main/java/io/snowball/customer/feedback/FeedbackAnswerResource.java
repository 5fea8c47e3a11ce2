package io.snowball.customer.feedback;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.feedback.AnswerApi.FeedbackBatch;
import io.snowball.customer.feedback.AnswerApi.FeedbackBatchResult;
import io.snowball.customer.feedback.AnswerApi.FeedbackPage;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1")
@Produces("application/json")
@Tag(name = "Feedback")
class FeedbackAnswerResource {
    private final Feedback feedback;
    private final SecurityIdentity caller;

    FeedbackAnswerResource(Feedback feedback, SecurityIdentity caller) {
        this.feedback = feedback;
        this.caller = caller;
    }

    // No Idempotency-Key: each answer carries an id of its own.
    @POST
    @Path("feedback-answers/batches")
    @RolesAllowed({Roles.ADMIN, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.CHANGE, purpose = "feedback")
    @Operation(
            operationId = "sendFeedback",
            summary = "Tell what customers answered",
            description =
                    "1 to 1000 answers, in any order and as late as they come (from 2000 on). id makes repeating harmless: what is stored is "
                            + "a DUPLICATE, what differs replaces it. A rejected answer keeps no other from being stored. feedback.given "
                            + "follows on the feed, without the comment.")
    public Uni<FeedbackBatchResult> send(@Valid @NotNull FeedbackBatch body) {
        return feedback.record(body.items()).map(FeedbackBatchResult::new);
    }

    @GET
    @Path("feedback-answers")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "feedback")
    @Operation(
            operationId = "listFeedback",
            summary = "List answers of one kind in a period",
            description = "Newest first. Comments are left out for roles without the right to see personal data.")
    public Uni<FeedbackPage> list(
            @RestQuery @NotNull @Parameter(description = "NPS, CSAT, CES or CLI") FeedbackKind kind,
            @RestQuery @NotNull @Parameter(description = "Start of the period", example = "2026-01-01T00:00:00Z")
                    Instant from,
            @RestQuery
                    @NotNull
                    @Parameter(description = "End of the period, not in it", example = "2026-02-01T00:00:00Z")
                    Instant to,
            @RestQuery
                    @Nullable
                    @Pattern(regexp = QuestionApi.CODE)
                    @Parameter(description = "Only this question, all its versions", example = "nps_shop")
                    String question,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return feedback.list(kind, new Period(from, to), question, cursor, limit)
                .map(answers -> FeedbackPage.of(answers, caller));
    }
}
