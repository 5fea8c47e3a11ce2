package io.snowball.customer.exports;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.PersonalDataRight;
import io.snowball.customer.exports.ExportApi.CreateExport;
import io.snowball.customer.exports.ExportApi.DecideExport;
import io.snowball.customer.exports.ExportApi.ExportAccessPage;
import io.snowball.customer.exports.ExportApi.ExportPage;
import io.snowball.customer.exports.ExportApi.ExportView;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.AccessNotes;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
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
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/exports")
@Produces("application/json")
@Tag(name = "Exports")
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.SALES, Roles.DPO})
class ExportResource {
    private final Exports exports;
    private final Idempotency idempotency;
    private final SecurityIdentity identity;
    private final JsonWebToken token;
    private final AccessNotes notes;

    ExportResource(
            Exports exports,
            Idempotency idempotency,
            SecurityIdentity identity,
            JsonWebToken token,
            AccessNotes notes) {
        this.notes = notes;
        this.exports = exports;
        this.idempotency = idempotency;
        this.identity = identity;
        this.token = token;
    }

    @POST
    @Accesses(value = AccessAction.EXPORT, purpose = "export")
    @Operation(
            operationId = "createExport",
            summary = "Ask for a file of customers",
            description =
                    "For admin, sales and dpo in the clear, for a marketer masked. Of more than 100 people (setting "
                            + "customer.exports.approve-above) in the clear an admin or dpo other than you has to approve it first (152-FZ: "
                            + "four eyes). Blocked people are left out. Cells that begin with = + - @, a tab or a line break get an apostrophe "
                            + "before them. The file is deleted after 72 hours, and when somebody in it is blocked or erased. Consents are not "
                            + "asked for here: who may be written to is decided where a message is sent.")
    @APIResponse(
            responseCode = "202",
            description = "Look at Location for how far it is",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ExportView.class)))
    public Uni<RestResponse<ExportView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CreateExport body) {
        Exports.Caller caller = caller();
        return idempotency.once(
                "createExport",
                Idempotency.required(key),
                List.of(body, caller.id()),
                ExportView.class,
                tx -> exports.create(tx, body, caller)
                        .map(export -> Reply.accepted("/api/v1/exports/" + export.id(), ExportView.of(export))));
    }

    @GET
    @Operation(
            operationId = "listExports",
            summary = "List exports, newest first",
            description = "Your own; an admin or dpo sees everybody's.")
    public Uni<ExportPage> list(
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return exports.list(caller(), cursor, limit).map(ExportPage::of);
    }

    @GET
    @Path("{id}")
    @Operation(
            operationId = "getExport",
            summary = "Look how far an export is",
            description = "Your own, or as admin or dpo anybody's.")
    public Uni<ExportView> get(@RestPath UUID id) {
        return exports.get(id, caller()).map(ExportView::of);
    }

    @POST
    @Path("{id}/decisions")
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Operation(
            operationId = "decideExport",
            summary = "Approve or reject an export that somebody else asked for",
            description = "403 for whoever asked for it, 409 where it does not wait for approval (any more).")
    @APIResponse(
            responseCode = "200",
            description = "Decided",
            content = @Content(schema = @Schema(implementation = ExportView.class)))
    public Uni<ExportView> decide(@RestPath UUID id, @Valid @NotNull DecideExport body) {
        return exports.decide(id, body.decision(), caller()).map(ExportView::of);
    }

    @GET
    @Path("{id}/content")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Accesses(value = AccessAction.EXPORT, purpose = "export")
    @Operation(
            operationId = "downloadExport",
            summary = "Download the file",
            description =
                    "For who asked for it, an admin or a dpo. Every download is logged. 409 where there is no file.")
    @APIResponse(
            responseCode = "200",
            description = "The file, in its format",
            headers = @Header(name = "Content-Disposition", schema = @Schema(type = SchemaType.STRING)),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public RestMulti<byte[]> download(@RestPath UUID id) {
        notes.details("export " + id);
        return RestMulti.fromUniResponse(exports.open(id, caller()), this::pieces, ExportResource::headers);
    }

    private io.smallrye.mutiny.Multi<byte[]> pieces(Export export) {
        return io.smallrye.mutiny.Multi.createFrom()
                .range(0, Exports.number(export.pieces()))
                .onItem()
                .transformToUniAndConcatenate(n -> exports.piece(export, n));
    }

    private static Map<String, List<String>> headers(Export export) {
        String name = "customers-" + export.id() + "." + export.shape().format().extension();
        return Map.of(
                "Content-Disposition",
                List.of("attachment; filename=\"" + name + "\""),
                "Cache-Control",
                List.of("no-store"),
                "X-Content-Type-Options",
                List.of("nosniff"));
    }

    @DELETE
    @Path("{id}")
    @Operation(
            operationId = "deleteExport",
            summary = "Stop an export, or delete its file",
            description =
                    "Your own, or as admin or dpo anybody's. What was done with it stays on record. May be repeated.")
    @APIResponse(responseCode = "204", description = "There is no file")
    public Uni<Void> delete(@RestPath UUID id) {
        return exports.delete(id, caller());
    }

    @GET
    @Path("{id}/accesses")
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Operation(
            operationId = "listExportAccesses",
            summary = "List who did what with an export",
            description =
                    "In the order in which it was done, refusals too. The feed tells the same as export.accessed.")
    public Uni<ExportAccessPage> accesses(
            @RestPath UUID id,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return exports.accesses(id, cursor, limit).map(page -> new ExportAccessPage(page.items(), page.nextCursor()));
    }

    private Exports.Caller caller() {
        boolean officer = identity.hasRole(Roles.ADMIN) || identity.hasRole(Roles.DPO);
        return new Exports.Caller(token.getSubject(), PersonalDataRight.has(identity), officer);
    }
}
