package io.snowball.consent.confirmation;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.ConsentConfig;
import io.snowball.consent.consent.Consents;
import io.snowball.consent.consent.Consents.LinkConfirmation;
import io.snowball.consent.receipt.ReceiptLinks;
import io.snowball.consent.receipt.ReceiptOffer;
import io.snowball.consent.unsubscribe.UnsubscribePages;
import io.snowball.platform.access.NoPersonalData;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/y/{token}")
@PermitAll
@Tag(name = "Confirmation", description = "Public: the link that confirms a consent")
@NoPersonalData("A person by a link of their own; what it does is in the consent ledger")
class ConfirmationResource {
    private static final String HTML = "text/html";
    private static final String TOKEN = "The signed token from the link";
    private static final int USER_AGENT_LENGTH_MAX = 500;
    private static final int ADDRESS_LENGTH_MAX = 45;

    private final Consents consents;
    private final ReceiptLinks receipts;
    private final String operator;

    ConfirmationResource(Consents consents, ReceiptLinks receipts, ConsentConfig config) {
        this.receipts = receipts;
        this.consents = consents;
        this.operator = config.operator().name().orElse("");
    }

    /** Templates in {@code templates/confirmation}. */
    @CheckedTemplate(basePath = "confirmation")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance ask(String operator);

        static native TemplateInstance done(String operator, List<ReceiptOffer> receipts);

        static native TemplateInstance over(String operator);

        static native TemplateInstance broken(String operator);
    }

    @GET
    @Operation(
            operationId = "getConfirmationPage",
            summary = "The page with the confirmation button",
            description = "Changes nothing: scanners follow links. In Russian or English, by Accept-Language.")
    @APIResponse(
            responseCode = "200",
            description = "The page",
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "404",
            description = "A page that says that the link is broken",
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    public Uni<RestResponse<String>> ask(
            @RestPath @Parameter(description = TOKEN) String token,
            @RestHeader(HttpHeaders.ACCEPT_LANGUAGE) @Parameter(hidden = true) @Nullable String languages) {
        return consents.isConfirmation(token)
                ? UnsubscribePages.page(200, Templates.ask(operator), languages)
                : UnsubscribePages.page(404, Templates.broken(operator), languages);
    }

    @POST
    @Operation(
            operationId = "confirmConsent",
            summary = "Confirm the consent that the link was sent for",
            description =
                    "Takes effect at once. Repeating it does no harm; where the consent was withdrawn since, it stays withdrawn and the page says so.")
    @APIResponse(
            responseCode = "200",
            description = "A page that says what holds now and offers the receipt",
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "404",
            description = "A page that says that the link is broken",
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    public Uni<RestResponse<String>> confirm(
            @RestPath @Parameter(description = TOKEN) String token,
            @RestHeader(HttpHeaders.ACCEPT_LANGUAGE) @Parameter(hidden = true) @Nullable String languages,
            @Context HttpServerRequest request) {
        SocketAddress from = request.remoteAddress();
        return consents.confirm(
                        token,
                        from == null ? null : start(from.host(), ADDRESS_LENGTH_MAX),
                        start(request.getHeader(HttpHeaders.USER_AGENT), USER_AGENT_LENGTH_MAX))
                .chain(confirmed -> answer(confirmed, languages));
    }

    private Uni<RestResponse<String>> answer(Optional<LinkConfirmation> confirmed, @Nullable String languages) {
        if (confirmed.isEmpty()) {
            return UnsubscribePages.page(404, Templates.broken(operator), languages);
        }
        if (!confirmed.get().counts()) {
            return UnsubscribePages.page(200, Templates.over(operator), languages);
        }
        return receipts.offers(List.of(confirmed.get().recordId()))
                .chain(offered -> UnsubscribePages.page(200, Templates.done(operator, offered), languages));
    }

    private static @Nullable String start(@Nullable String text, int length) {
        return text == null ? null : text.substring(0, Math.min(text.length(), length));
    }
}
