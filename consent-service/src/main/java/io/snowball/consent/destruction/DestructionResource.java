package io.snowball.consent.destruction;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.destruction.DestructionApi.DestructionPage;
import io.snowball.consent.destruction.DestructionApi.DestructionProofView;
import io.snowball.consent.destruction.DestructionApi.DestructionView;
import io.snowball.consent.destruction.DestructionApi.PlanDestruction;
import io.snowball.consent.destruction.DestructionApi.State;
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
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/destructions")
@Produces("application/json")
@RolesAllowed({Roles.ADMIN, Roles.DPO})
@Tag(name = "Destructions", description = "Destroying the data of a person, with the act and the log of order 179")
class DestructionResource {
    private final Destructions destructions;
    private final JsonWebToken caller;

    DestructionResource(Destructions destructions, JsonWebToken caller) {
        this.destructions = destructions;
        this.caller = caller;
    }

    @POST
    @Accesses(value = AccessAction.CHANGE, purpose = "destruction")
    @Operation(operationId = "planDestruction", summary = "Destroy the data of a person", description = """
                    152-FZ art. 20 p. 3, art. 21 p. 3 to 5. Runs by itself across the services: blocks, destroys, asks again, writes the \
                    act. Can't be undone. The state of the answer's Location tells how far it is.""")
    @APIResponse(
            responseCode = "202",
            description = "Planned",
            content = @Content(schema = @Schema(implementation = DestructionView.class)))
    public Uni<RestResponse<DestructionView>> plan(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull PlanDestruction body) {
        return destructions.plan(key, body, caller.getSubject());
    }

    @GET
    @Accesses(value = AccessAction.READ, purpose = "destruction")
    @Operation(
            operationId = "listDestructions",
            summary = "Destructions, oldest first",
            description = "PROPOSED ones wait for a decision.")
    public Uni<DestructionPage> list(
            @RestQuery @Nullable State state,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return destructions.list(state, limit, cursor);
    }

    @GET
    @Path("{id}")
    @Accesses(value = AccessAction.READ, purpose = "destruction")
    @Operation(
            operationId = "getDestruction",
            summary = "Read one destruction",
            description = "With the fault of its last step, if any.")
    public Uni<DestructionView> get(@RestPath UUID id) {
        return destructions.get(id);
    }

    @POST
    @Path("{id}/approvals")
    @Accesses(value = AccessAction.ERASE, purpose = "destruction")
    @Operation(
            operationId = "approveDestruction",
            summary = "Approve a proposed destruction",
            description = "It runs from then on.")
    public Uni<DestructionView> approve(@RestPath UUID id) {
        return destructions.decide(id, State.PLANNED, caller.getSubject());
    }

    @POST
    @Path("{id}/rejections")
    @Accesses(value = AccessAction.CHANGE, purpose = "destruction")
    @Operation(
            operationId = "rejectDestruction",
            summary = "Reject a proposed destruction",
            description = "There is another ground to keep the data; it is not proposed again.")
    public Uni<DestructionView> reject(@RestPath UUID id) {
        return destructions.decide(id, State.REJECTED, caller.getSubject());
    }

    @GET
    @Path("{id}/proof")
    @Accesses(value = AccessAction.READ, purpose = "destruction")
    @Operation(
            operationId = "getDestructionProof",
            summary = "Number, hashes and term of the act and the log",
            description = "Order 179 of Roskomnadzor of 28.10.2022.")
    public Uni<DestructionProofView> proof(@RestPath UUID id) {
        return destructions.proof(id);
    }

    @GET
    @Path("{id}/act/pdf")
    @Produces("application/pdf")
    @Accesses(value = AccessAction.EXPORT, purpose = "destruction")
    @Operation(
            operationId = "getDestructionActPdf",
            summary = "The act as PDF",
            description = "Order 179 p. 3. To sign.")
    @APIResponse(
            responseCode = "200",
            description = "The act",
            content =
                    @Content(
                            mediaType = "application/pdf",
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Uni<byte[]> actPdf(@RestPath UUID id) {
        return destructions.files(id).map(row -> row.getBuffer("act_pdf").getBytes());
    }

    @GET
    @Path("{id}/act/html")
    @Produces("text/html")
    @Accesses(value = AccessAction.EXPORT, purpose = "destruction")
    @Operation(operationId = "getDestructionActHtml", summary = "The act as HTML", description = "The same words.")
    @APIResponse(
            responseCode = "200",
            description = "The act",
            content = @Content(mediaType = "text/html", schema = @Schema(type = SchemaType.STRING)))
    public Uni<String> actHtml(@RestPath UUID id) {
        return destructions.files(id).map(row -> row.getString("act_html"));
    }

    @GET
    @Path("{id}/log/csv")
    @Produces("text/csv")
    @Accesses(value = AccessAction.EXPORT, purpose = "destruction")
    @Operation(
            operationId = "getDestructionLog",
            summary = "The export of the event log as CSV",
            description = "Order 179 p. 5, UTF-8, with a header.")
    @APIResponse(
            responseCode = "200",
            description = "The log",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)))
    public Uni<String> log(@RestPath UUID id) {
        return destructions.files(id).map(row -> row.getString("log_csv"));
    }

    @GET
    @Path("{id}/log/xml")
    @Produces("application/xml")
    @Accesses(value = AccessAction.EXPORT, purpose = "destruction")
    @Operation(
            operationId = "getDestructionLogXml",
            summary = "The export of the event log as XML",
            description = "What the CSV says. 404 for acts from before it was made.")
    @APIResponse(
            responseCode = "200",
            description = "The log",
            content = @Content(mediaType = "application/xml", schema = @Schema(type = SchemaType.STRING)))
    public Uni<String> logXml(@RestPath UUID id) {
        return destructions
                .files(id)
                .map(row -> Optional.ofNullable(row.getString("log_xml"))
                        .orElseThrow(() -> DestructionProblem.PROOF_NOT_FOUND.with("The act has its log as CSV only")));
    }
}
