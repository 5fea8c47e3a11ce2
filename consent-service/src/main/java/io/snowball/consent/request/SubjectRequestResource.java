package io.snowball.consent.request;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.request.SubjectRequestApi.AnswerRequest;
import io.snowball.consent.request.SubjectRequestApi.CheckIdentity;
import io.snowball.consent.request.SubjectRequestApi.ExtendTerm;
import io.snowball.consent.request.SubjectRequestApi.RegisterRequest;
import io.snowball.consent.request.SubjectRequestApi.RequestFilter;
import io.snowball.consent.request.SubjectRequestApi.SubjectRequestPage;
import io.snowball.consent.request.SubjectRequestApi.SubjectRequestPaperList;
import io.snowball.consent.request.SubjectRequestApi.SubjectRequestView;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.page.Keyset;
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
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/subject-requests")
@Produces("application/json")
@RolesAllowed({Roles.ADMIN, Roles.DPO})
@Tag(
        name = "Subject requests",
        description = "What people and the regulator ask, and the day by which it must be answered")
class SubjectRequestResource {
    private final SubjectRequests requests;
    private final Answers answers;
    private final JsonWebToken caller;

    SubjectRequestResource(SubjectRequests requests, Answers answers, JsonWebToken caller) {
        this.requests = requests;
        this.answers = answers;
        this.caller = caller;
    }

    @POST
    @Accesses(value = AccessAction.CHANGE, purpose = "subject-request")
    @Operation(operationId = "registerSubjectRequest", summary = "Register a request", description = """
                    Counts its day by the production calendar (152-FZ art. 10.1, 14, 20, 21). CORRECTION, ERASURE_ILLEGAL and OBJECTION \
                    block the person's data at once, STOP_PROCESSING, WITHDRAWAL and MARKETING_STOP withdraw the consents at once; \
                    MARKETING_STOP is closed with that. 409 where the calendar of the year in question is missing.""")
    @APIResponse(
            responseCode = "201",
            description = "Registered",
            content = @Content(schema = @Schema(implementation = SubjectRequestView.class)))
    public Uni<RestResponse<SubjectRequestView>> register(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull RegisterRequest body) {
        return requests.register(key, body, caller.getSubject());
    }

    @GET
    @Accesses(value = AccessAction.READ, purpose = "subject-request")
    @Operation(
            operationId = "listSubjectRequests",
            summary = "The register of requests, the most urgent first",
            description =
                    "By their last day. overdue=true is the list of alarms; the metric is snowball_consent_requests_overdue.")
    public Uni<SubjectRequestPage> list(
            @RestQuery @Nullable Boolean open,
            @RestQuery @Nullable Boolean overdue,
            @RestQuery @Nullable RequestKind kind,
            @RestQuery @Nullable UUID customerId,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return requests.list(new RequestFilter(open, overdue, kind, customerId), limit, cursor);
    }

    @GET
    @Path("{id}")
    @Accesses(value = AccessAction.READ, purpose = "subject-request")
    @Operation(operationId = "getSubjectRequest", summary = "Read one request", description = "By its id.")
    public Uni<SubjectRequestView> get(@RestPath UUID id) {
        return requests.get(id);
    }

    @POST
    @Path("{id}/identity-checks")
    @Accesses(value = AccessAction.CHANGE, purpose = "subject-request")
    @Operation(
            operationId = "checkSubjectIdentity",
            summary = "Record who the person is",
            description =
                    "Nobody's data are handed out or changed before that. Checking again replaces what was found.")
    public Uni<SubjectRequestView> checkIdentity(@RestPath UUID id, @Valid @NotNull CheckIdentity body) {
        return requests.checkIdentity(id, body, caller.getSubject());
    }

    @POST
    @Path("{id}/extensions")
    @Accesses(value = AccessAction.CHANGE, purpose = "subject-request")
    @Operation(operationId = "extendSubjectRequest", summary = "Put the term off, once", description = """
                    Five working days, where the law has it (152-FZ art. 20 p. 1, 2, 4, art. 21 p. 5.1), before the last day is over. \
                    Makes the notice for the person: Location leads to it.""")
    @APIResponse(
            responseCode = "201",
            description = "Put off",
            content = @Content(schema = @Schema(implementation = SubjectRequestView.class)))
    public Uni<RestResponse<SubjectRequestView>> extend(
            @RestPath UUID id, @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull ExtendTerm body) {
        return answers.extend(id, key, body);
    }

    @POST
    @Path("{id}/answers")
    @Accesses(value = AccessAction.CHANGE, purpose = "subject-request")
    @Operation(operationId = "answerSubjectRequest", summary = "Answer, and close the request", description = """
                    Makes the document: for ACCESS with each item of 152-FZ art. 14 p. 7 and the person's data, for a refusal with its \
                    grounds. Location leads to it. 503 where customer-service does not answer: nothing is changed then.""")
    @APIResponse(
            responseCode = "201",
            description = "Answered",
            content = @Content(schema = @Schema(implementation = SubjectRequestView.class)))
    public Uni<RestResponse<SubjectRequestView>> answer(
            @RestPath UUID id, @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull AnswerRequest body) {
        return answers.answer(id, key, body, caller.getSubject());
    }

    @GET
    @Path("{id}/papers")
    @Accesses(value = AccessAction.READ, purpose = "subject-request")
    @Operation(
            operationId = "listSubjectRequestPapers",
            summary = "The documents of a request",
            description = "Oldest first, each with the SHA-256 of its PDF.")
    public Uni<SubjectRequestPaperList> papers(@RestPath UUID id) {
        return answers.papers(id);
    }

    @GET
    @Path("{id}/papers/{paperId}/pdf")
    @Produces("application/pdf")
    @Accesses(value = AccessAction.EXPORT, purpose = "subject-request")
    @Operation(operationId = "getSubjectRequestPdf", summary = "A document as PDF", description = "To sign and send.")
    @APIResponse(
            responseCode = "200",
            description = "The document",
            content =
                    @Content(
                            mediaType = "application/pdf",
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Uni<byte[]> pdf(@RestPath UUID id, @RestPath UUID paperId) {
        return answers.pdf(id, paperId);
    }

    @GET
    @Path("{id}/papers/{paperId}/html")
    @Produces("text/html")
    @Accesses(value = AccessAction.EXPORT, purpose = "subject-request")
    @Operation(operationId = "getSubjectRequestHtml", summary = "A document as HTML", description = "The same words.")
    @APIResponse(
            responseCode = "200",
            description = "The document",
            content = @Content(mediaType = "text/html", schema = @Schema(type = SchemaType.STRING)))
    public Uni<String> html(@RestPath UUID id, @RestPath @Parameter(description = "From the list") UUID paperId) {
        return answers.html(id, paperId);
    }
}
