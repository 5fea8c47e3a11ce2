package io.snowball.consent.recipient;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.recipient.RecipientApi.RecipientNoticePage;
import io.snowball.consent.recipient.RecipientApi.RecipientNoticeProof;
import io.snowball.consent.recipient.RecipientApi.RecipientNoticeView;
import io.snowball.consent.recipient.RecipientApi.State;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/recipient-notices")
@Produces("application/json")
@Tag(
        name = "Recipient notices",
        description = "Telling processors and providers of corrections, destructions and stops")
@RolesAllowed({Roles.ADMIN, Roles.DPO})
class RecipientNoticeResource {
    private final RecipientNotices notices;
    private final JsonWebToken caller;

    RecipientNoticeResource(RecipientNotices notices, JsonWebToken caller) {
        this.notices = notices;
        this.caller = caller;
    }

    @GET
    @Accesses(value = AccessAction.READ, purpose = "recipient-notice")
    @Operation(
            operationId = "listRecipientNotices",
            summary = "Who is to be told what, oldest first",
            description =
                    "Made by themselves when a request is answered or a destruction is done: one for each recipient of the purposes in force.")
    public Uni<RecipientNoticePage> list(
            @RestQuery @Parameter(description = "Only those in this state") @Nullable State state,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return notices.list(state, limit, cursor);
    }

    @GET
    @Path("{id}")
    @Accesses(value = AccessAction.READ, purpose = "recipient-notice")
    @Operation(operationId = "getRecipientNotice", summary = "Read one notice", description = "By its id.")
    public Uni<RecipientNoticeView> get(@RestPath UUID id) {
        return notices.get(id);
    }

    @POST
    @Path("{id}/sendings")
    @Accesses(value = AccessAction.CHANGE, purpose = "recipient-notice")
    @Operation(
            operationId = "recordRecipientNoticeSent",
            summary = "Record that the notice was sent",
            description = "With what proves it. 409 where that is recorded already.")
    public Uni<RecipientNoticeView> sent(@RestPath UUID id, @Valid @NotNull RecipientNoticeProof body) {
        return notices.sent(id, body.reference(), caller.getSubject());
    }

    @POST
    @Path("{id}/acknowledgements")
    @Accesses(value = AccessAction.CHANGE, purpose = "recipient-notice")
    @Operation(
            operationId = "recordRecipientAcknowledgement",
            summary = "Record that the recipient did it",
            description = "With what it wrote. 409 where nothing was sent, or that is recorded already.")
    public Uni<RecipientNoticeView> acknowledged(@RestPath UUID id, @Valid @NotNull RecipientNoticeProof body) {
        return notices.acknowledged(id, body.reference(), caller.getSubject());
    }

    @GET
    @Path("{id}/letter/pdf")
    @Produces("application/pdf")
    @Accesses(value = AccessAction.EXPORT, purpose = "recipient-notice")
    @Operation(operationId = "getRecipientNoticePdf", summary = "The letter as PDF", description = "To sign and send.")
    @APIResponse(
            responseCode = "200",
            description = "The letter",
            content =
                    @Content(
                            mediaType = "application/pdf",
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Uni<byte[]> pdf(@RestPath UUID id) {
        return notices.letter(id).map(letter -> letter.pdf().getBytes());
    }

    @GET
    @Path("{id}/letter/html")
    @Produces("text/html")
    @Accesses(value = AccessAction.EXPORT, purpose = "recipient-notice")
    @Operation(operationId = "getRecipientNoticeHtml", summary = "The letter as HTML", description = "The same words.")
    @APIResponse(
            responseCode = "200",
            description = "The letter",
            content = @Content(mediaType = "text/html", schema = @Schema(type = SchemaType.STRING)))
    public Uni<String> html(@RestPath UUID id) {
        return notices.letter(id).map(letter -> letter.html());
    }
}
