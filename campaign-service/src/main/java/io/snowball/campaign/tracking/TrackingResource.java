package io.snowball.campaign.tracking;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.NoPersonalData;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** What a mail's picture and links ask for. Public: the token is the right. */
@Path("/")
@PermitAll
@Tag(name = "Public links", description = "In the messages that customers get")
@NoPersonalData("Opens and clicks by ids of messages; they are kept as facts of the messages")
class TrackingResource {
    private static final String GIF = "image/gif";
    private static final byte[] PIXEL =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private final MessageLinks links;
    private final Tracking tracking;

    TrackingResource(MessageLinks links, Tracking tracking) {
        this.links = links;
        this.tracking = tracking;
    }

    @GET
    @Path("o/{token}")
    @Produces(GIF)
    @Operation(
            operationId = "getOpenPixel",
            summary = "Count an open",
            description = "A picture of one transparent pixel.")
    @APIResponse(
            responseCode = "200",
            description = "The picture",
            content = @Content(mediaType = GIF, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Uni<RestResponse<byte[]>> open(@RestPath String token) {
        UUID messageId = links.opened(token).orElseThrow(TrackingResource::foreign);
        return counted(() -> tracking.opened(messageId))
                .map(_ -> RestResponse.ResponseBuilder.ok(PIXEL)
                        .header("Cache-Control", "no-store, private")
                        .build());
    }

    @GET
    @Path("c/{token}")
    @Operation(
            operationId = "followLink",
            summary = "Count a click and go on to the page",
            description = "Only to pages that we have written into a mail: the token names the page and is signed.")
    @APIResponse(
            responseCode = "302",
            description = "On to the page",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)))
    public Uni<RestResponse<Void>> click(@RestPath String token) {
        MessageLinks.Click click = links.clicked(token).orElseThrow(TrackingResource::foreign);
        return counted(() -> tracking.clicked(click.messageId())).map(_ -> redirect(click));
    }

    @HEAD
    @Path("c/{token}")
    @Operation(
            operationId = "checkLink",
            summary = "See where a link leads",
            description = "Counts nothing: so ask the scanners of mail servers, not customers.")
    @APIResponse(
            responseCode = "302",
            description = "On to the page",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)))
    public RestResponse<Void> scan(@RestPath String token) {
        return redirect(links.clicked(token).orElseThrow(TrackingResource::foreign));
    }

    @HEAD
    @Path("o/{token}")
    @Operation(
            operationId = "checkOpenPixel",
            summary = "See whether the picture is there",
            description = "Counts nothing.")
    @APIResponse(responseCode = "200", description = "It is")
    public RestResponse<Void> scanPixel(@RestPath String token) {
        return links.opened(token).map(_ -> RestResponse.<Void>ok()).orElseThrow(TrackingResource::foreign);
    }

    /** With the database down the count is lost and the customer still gets to the page: that matters more. */
    private static Uni<Boolean> counted(Supplier<Uni<Void>> count) {
        return count.get()
                .replaceWith(true)
                .onFailure()
                .invoke(failure -> Log.warnf("An open or click could not be counted: %s", failure.getMessage()))
                .onFailure()
                .recoverWithItem(false);
    }

    private static RestResponse<Void> redirect(MessageLinks.Click click) {
        return RestResponse.ResponseBuilder.<Void>create(302)
                .header("Location", click.target())
                .header("Cache-Control", "no-store, private")
                .build();
    }

    private static ProblemException foreign() {
        return CommonProblem.NOT_FOUND.with("This link is damaged: open it from the message again, or copy all of it");
    }
}
