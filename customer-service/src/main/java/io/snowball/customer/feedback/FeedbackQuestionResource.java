package io.snowball.customer.feedback;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.feedback.QuestionApi.CreateFeedbackQuestion;
import io.snowball.customer.feedback.QuestionApi.FeedbackQuestionPage;
import io.snowball.customer.feedback.QuestionApi.FeedbackQuestionView;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/feedback-questions")
@Produces("application/json")
@Tag(name = "Feedback")
class FeedbackQuestionResource {
    private final Feedback feedback;
    private final Idempotency idempotency;
    private final JsonWebToken caller;

    FeedbackQuestionResource(Feedback feedback, Idempotency idempotency, JsonWebToken caller) {
        this.feedback = feedback;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(
            operationId = "createFeedbackQuestion",
            summary = "Word a question",
            description =
                    "A wording never changes: other words for the same code and language are its next version, the same words are the "
                            + "version that is there. All versions of a code are of one kind.")
    @APIResponse(
            responseCode = "201",
            description = "Stored",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = FeedbackQuestionView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The last version says the same",
            content = @Content(schema = @Schema(implementation = FeedbackQuestionView.class)))
    public Uni<RestResponse<FeedbackQuestionView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CreateFeedbackQuestion body) {
        return idempotency.once(
                "createFeedbackQuestion",
                key,
                body,
                FeedbackQuestionView.class,
                tx -> feedback.ask(tx, body.toQuestion(feedback.now()), caller.getSubject())
                        .map(reply ->
                                new Reply<>(reply.status(), reply.location(), FeedbackQuestionView.of(reply.body()))));
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.PARTNER, Roles.SERVICE})
    @Operation(
            operationId = "listFeedbackQuestions",
            summary = "List what is asked",
            description = "All versions, the newest first.")
    public Uni<FeedbackQuestionPage> list(
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return feedback.questions(cursor, limit)
                .map(page -> page.map(FeedbackQuestionView::of))
                .map(page -> new FeedbackQuestionPage(page.items(), page.nextCursor()));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.PARTNER, Roles.SERVICE})
    @Operation(operationId = "getFeedbackQuestion", summary = "Read one wording", description = "Of any version.")
    public Uni<FeedbackQuestionView> get(@RestPath UUID id) {
        return feedback.questions(Set.of(id))
                .map(found -> found.stream()
                        .findFirst()
                        .map(FeedbackQuestionView::of)
                        .orElseThrow(() -> CommonProblem.NOT_FOUND.with("There is no question with this id")));
    }
}
