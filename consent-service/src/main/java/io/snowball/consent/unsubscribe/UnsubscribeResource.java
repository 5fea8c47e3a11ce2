package io.snowball.consent.unsubscribe;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.Consents;
import io.snowball.consent.consent.Consents.LinkWithdrawal;
import io.snowball.consent.receipt.ReceiptLinks;
import io.snowball.platform.access.NoPersonalData;
import io.snowball.platform.security.SignedLinks;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Neither method says what it consumes or produces: a mail program that sends an odd header must not be refused, and whatever
 * comes by POST to a link of ours is a withdrawal (r13: in any form).
 */
@Path("/u/{token}")
@PermitAll
@Tag(name = "Unsubscribe", description = "Public: the links in messages")
@NoPersonalData("A person by a link of their own; what it does is in the consent ledger")
class UnsubscribeResource {
    private static final String HTML = "text/html";
    private static final String TOKEN = "The signed token from the link in a message";
    private static final int USER_AGENT_LENGTH_MAX = 500;
    private static final int ADDRESS_LENGTH_MAX = 45;

    private final SignedLinks links;
    private final Consents consents;
    private final ReceiptLinks receipts;
    private final UnsubscribePages pages;

    UnsubscribeResource(SignedLinks links, Consents consents, ReceiptLinks receipts, UnsubscribePages pages) {
        this.receipts = receipts;
        this.links = links;
        this.consents = consents;
        this.pages = pages;
    }

    @GET
    @Operation(
            operationId = "getUnsubscribePage",
            summary = "The page with the unsubscribe button",
            description = "Changes nothing: scanners follow links. In Russian or English, by Accept-Language.")
    @APIResponse(
            responseCode = "200",
            description = "The page",
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "404",
            description = "A page that says that the link is broken and what to do",
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    public Uni<RestResponse<String>> ask(
            @RestPath @Parameter(description = TOKEN) String token,
            @RestHeader(HttpHeaders.ACCEPT_LANGUAGE) @Parameter(hidden = true) @Nullable String languages) {
        return link(token).map(link -> pages.ask(link, languages)).orElseGet(() -> pages.broken(languages));
    }

    @POST
    @Operation(
            operationId = "unsubscribe",
            summary = "Withdraw the consent that the message was sent by",
            description = """
                    RFC 8058 one-click, and the button of the page. Takes effect at once: in the ledger when this answers. No login, \
                    no cookie, no redirect. Repeating it does no harm.""")
    @RequestBody(
            description = "As RFC 8058 has it; nothing is refused for its body",
            content = {
                @Content(
                        mediaType = "application/x-www-form-urlencoded",
                        schema = @Schema(implementation = OneClick.class)),
                @Content(mediaType = "multipart/form-data", schema = @Schema(implementation = OneClick.class))
            })
    @APIResponse(
            responseCode = "200",
            description = "Withdrawn; a page says so and offers the receipt",
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "404",
            description = "A page that says that the link is broken and what to do",
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "503",
            description = "Not withdrawn yet: try again after Retry-After",
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    public Uni<RestResponse<String>> unsubscribe(
            @RestPath @Parameter(description = TOKEN) String token,
            @RestHeader(HttpHeaders.ACCEPT_LANGUAGE) @Parameter(hidden = true) @Nullable String languages,
            @Context HttpServerRequest request) {
        return link(token)
                .map(link -> consents.withdraw(withdrawal(link, request))
                        .chain(receipts::offers)
                        .chain(offered -> pages.done(link, offered, languages)))
                .orElseGet(() -> pages.broken(languages));
    }

    /** Only for the contract: nobody reads the body. */
    record OneClick(
            @Schema(name = "List-Unsubscribe", examples = "One-Click") @Nullable
            String listUnsubscribe) {}

    /** For people and for mail programs, which try again on 503. Nobody would read a problem in JSON here. */
    @ServerExceptionMapper(Throwable.class)
    Uni<RestResponse<String>> failed(Throwable failure, HttpHeaders headers) {
        Log.error("An unsubscribe link could not be served; the sender of the request was asked to try again", failure);
        return pages.failed(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    }

    private Optional<UnsubscribeLink> link(String token) {
        return links.verify(UnsubscribeLink.USE, token).flatMap(UnsubscribeLink::parse);
    }

    private static LinkWithdrawal withdrawal(UnsubscribeLink link, HttpServerRequest request) {
        SocketAddress from = request.remoteAddress();
        return new LinkWithdrawal(
                link.messageId(),
                link.customerId(),
                link.purpose(),
                link.channel(),
                from == null ? null : start(from.host(), ADDRESS_LENGTH_MAX),
                start(request.getHeader(HttpHeaders.USER_AGENT), USER_AGENT_LENGTH_MAX));
    }

    private static @Nullable String start(@Nullable String text, int length) {
        return text == null ? null : text.substring(0, Math.min(text.length(), length));
    }
}
