package io.snowball.consent.preference;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.preference.Preference.Shown;
import io.snowball.consent.preference.Preferences.Visitor;
import io.snowball.consent.receipt.ReceiptLinks;
import io.snowball.consent.receipt.ReceiptOffer;
import io.snowball.consent.request.PageRequests;
import io.snowball.consent.unsubscribe.PreferenceLink;
import io.snowball.consent.unsubscribe.UnsubscribePages;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.AccessNotes;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.access.NoPersonalData;
import io.snowball.platform.security.SignedLinks;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

@Path("/p/{token}")
@PermitAll
@Tag(name = "Preference centre", description = "Public: what a person wants to hear about, by a signed link")
@NoPersonalData("A person by a link of their own; what it does is in the consent ledger")
class PreferenceResource {
    private static final String HTML = "text/html";
    private static final String TOKEN_IS_BROKEN = "A page that says that the link is broken and what to do";
    /** More boxes than any company has. */
    private static final int BOXES_MAX = 500;

    private static final int USER_AGENT_LENGTH_MAX = 500;
    private static final int ADDRESS_LENGTH_MAX = 45;

    private final SignedLinks links;
    private final Preferences preferences;
    private final PreferencePages pages;
    private final UnsubscribePages brokenPages;
    private final ReceiptLinks receipts;
    private final OwnData ownData;
    private final PageRequests requests;
    private final AccessNotes notes;

    PreferenceResource(
            SignedLinks links,
            Preferences preferences,
            PreferencePages pages,
            UnsubscribePages brokenPages,
            ReceiptLinks receipts,
            OwnData ownData,
            PageRequests requests,
            AccessNotes notes) {
        this.notes = notes;
        this.links = links;
        this.preferences = preferences;
        this.pages = pages;
        this.brokenPages = brokenPages;
        this.receipts = receipts;
        this.ownData = ownData;
        this.requests = requests;
    }

    @GET
    @Operation(
            operationId = "getPreferencePage",
            summary = "The page on which a person chooses",
            description = "Changes nothing. Works without scripts; in Russian or English, by Accept-Language.")
    @APIResponse(
            responseCode = "200",
            description = "The page",
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "404",
            description = TOKEN_IS_BROKEN,
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    public Uni<RestResponse<String>> page(
            @RestPath String token, @RestHeader(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String languages) {
        return link(token)
                .map(link -> show(token, link, null, List.of(), languages))
                .orElseGet(() -> brokenPages.broken(languages));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(operationId = "savePreferences", summary = "Save what the person ticked", description = """
                    Only what they changed, each box as a record of its own with the words that were shown. A tick for an address waits \
                    for its confirmation, unless the link came over that very channel.""")
    @APIResponse(
            responseCode = "200",
            description = "The page as it is now, with the receipts of what was just said",
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "404",
            description = TOKEN_IS_BROKEN,
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    public Uni<RestResponse<String>> save(
            @RestPath String token,
            @RestForm @Nullable List<String> shown,
            @RestForm @Nullable List<String> on,
            @RestHeader(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String languages,
            @Context HttpServerRequest request) {
        List<Shown> boxes = bounded(shown).stream()
                .map(Shown::parse)
                .flatMap(Optional::stream)
                .toList();
        return link(token)
                .map(link -> preferences
                        .save(visitor(link, request), boxes, bounded(on))
                        .chain(receipts::offers)
                        .chain(offered -> show(token, link, News.SAVED, offered, languages)))
                .orElseGet(() -> brokenPages.broken(languages));
    }

    @POST
    @Path("withdrawals")
    @Operation(
            operationId = "withdrawEverythingByPage",
            summary = "Withdraw every consent",
            description = "At once, without a question (152-FZ art. 9 p. 2, 38-FZ art. 18). Repeating it does no harm.")
    @APIResponse(
            responseCode = "200",
            description = "The page as it is now, with the receipts of what was just said",
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "404",
            description = TOKEN_IS_BROKEN,
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    public Uni<RestResponse<String>> withdraw(
            @RestPath String token,
            @RestHeader(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String languages,
            @Context HttpServerRequest request) {
        return link(token)
                .map(link -> preferences
                        .withdrawEverything(visitor(link, request))
                        .chain(receipts::offers)
                        .chain(offered -> show(token, link, News.STOPPED, offered, languages)))
                .orElseGet(() -> brokenPages.broken(languages));
    }

    @GET
    @Path("data")
    @Produces({"application/json", HTML})
    @Accesses(value = AccessAction.EXPORT, purpose = "own-data")
    @Operation(operationId = "downloadOwnData", summary = "What is written here about the person", description = """
                    Every consent with its words, as JSON. No name and no address: a link may have been forwarded. The rest is sent on \
                    a request, when it is known who asks.""")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(
            responseCode = "404",
            description = TOKEN_IS_BROKEN,
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    public Uni<RestResponse<String>> data(
            @RestPath String token, @RestHeader(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String languages) {
        notes.actor("subject");
        return link(token)
                .map(link -> {
                    notes.customer(link.customerId());
                    return ownData.file(link.customerId());
                })
                .orElseGet(() -> brokenPages.broken(languages));
    }

    @POST
    @Path("requests")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(
            operationId = "askByPage",
            summary = "Ask the company about one's data",
            description =
                    "Registers a subject request with its term; who has five open ones already has to wait for the answers.")
    @APIResponse(
            responseCode = "200",
            description = "The page, which says that it is registered",
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "404",
            description = TOKEN_IS_BROKEN,
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    public Uni<RestResponse<String>> ask(
            @RestPath String token,
            @RestForm @Nullable String kind,
            @RestForm @Nullable String contact,
            @RestForm @Nullable String words,
            @RestHeader(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String languages) {
        return link(token)
                .map(link -> requests.register(link.customerId(), kind, contact, words)
                        .chain(taken -> show(token, link, taken ? News.ASKED : News.ENOUGH, List.of(), languages)))
                .orElseGet(() -> brokenPages.broken(languages));
    }

    /** Nobody would read a problem in JSON here. */
    @ServerExceptionMapper(Throwable.class)
    Uni<RestResponse<String>> failed(Throwable failure, HttpHeaders headers) {
        Log.error("A page of the preference centre could not be served; the reader was asked to try again", failure);
        return brokenPages.failed(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    }

    private Uni<RestResponse<String>> show(
            String token,
            PreferenceLink link,
            @Nullable News news,
            List<ReceiptOffer> offered,
            @Nullable String languages) {
        return preferences
                .of(link.customerId(), UnsubscribePages.locale(languages).getLanguage())
                .chain(found -> pages.page(token, found, news, offered, languages));
    }

    private Optional<PreferenceLink> link(String token) {
        return links.verify(PreferenceLink.USE, token).flatMap(PreferenceLink::parse);
    }

    private static List<String> bounded(@Nullable List<String> values) {
        return values == null ? List.of() : values.subList(0, Math.min(values.size(), BOXES_MAX));
    }

    private static Visitor visitor(PreferenceLink link, HttpServerRequest request) {
        SocketAddress from = request.remoteAddress();
        return new Visitor(
                link,
                from == null ? null : start(from.host(), ADDRESS_LENGTH_MAX),
                start(request.getHeader(HttpHeaders.USER_AGENT), USER_AGENT_LENGTH_MAX));
    }

    private static @Nullable String start(@Nullable String text, int length) {
        return text == null ? null : text.substring(0, Math.min(text.length(), length));
    }
}
