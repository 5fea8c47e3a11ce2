package io.snowball.consent.lawpaper;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

@Path("/api/v1/law-papers/{kind}")
@RolesAllowed({Roles.ADMIN, Roles.DPO})
@Tag(
        name = "Law papers",
        description = "Drafts of the papers that the law wants, from the operator's requisites and purposes")
class LawPaperResource {
    private final LawPapers papers;

    LawPaperResource(LawPapers papers) {
        this.papers = papers;
    }

    @GET
    @Path("pdf")
    @Produces("application/pdf")
    @Accesses(value = AccessAction.EXPORT, purpose = "law-paper")
    @Operation(
            operationId = "getLawPaperPdf",
            summary = "A paper as PDF",
            description = "As of now. 409 where the operator's requisites are not recorded.")
    @APIResponse(
            responseCode = "200",
            description = "The paper",
            content =
                    @Content(
                            mediaType = "application/pdf",
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Uni<byte[]> pdf(@RestPath LawPaperKind kind) {
        return papers.print(kind).map(printed -> printed.pdf().getBytes());
    }

    @GET
    @Path("html")
    @Produces("text/html")
    @Accesses(value = AccessAction.EXPORT, purpose = "law-paper")
    @Operation(operationId = "getLawPaperHtml", summary = "A paper as HTML", description = "The same words.")
    @APIResponse(
            responseCode = "200",
            description = "The paper",
            content = @Content(mediaType = "text/html", schema = @Schema(type = SchemaType.STRING)))
    public Uni<String> html(@RestPath LawPaperKind kind) {
        return papers.print(kind).map(printed -> printed.html());
    }
}
