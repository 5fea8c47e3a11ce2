package io.snowball.consent.policy;

import io.quarkus.logging.Log;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.ConsentConfig;
import io.snowball.consent.policy.PolicyApi.PolicyVersionView;
import io.snowball.consent.unsubscribe.UnsubscribePages;
import io.snowball.platform.access.NoPersonalData;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.ZoneId;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Beside the pages that collect data, as 152-FZ art. 18.1 p. 2 wants it. No link of the preference centre can spell so. */
@Path("/p/policy")
@PermitAll
@Tag(name = "Preference centre")
@NoPersonalData("The operator's own words")
class PolicyPageResource {
    private static final String HTML = "text/html";

    private final Policies policies;
    private final UnsubscribePages pages;
    private final String operator;
    private final ZoneId zone;

    PolicyPageResource(Policies policies, UnsubscribePages pages, ConsentConfig config) {
        this.policies = policies;
        this.pages = pages;
        this.operator = config.operator().name().orElse("");
        this.zone = config.operator().zone();
    }

    /** Templates in {@code templates/policy}. */
    @CheckedTemplate(basePath = "policy")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance page(String operator, PolicyVersionView document, String since);
    }

    @GET
    @Operation(
            operationId = "getPolicyPage",
            summary = "The policy that is in effect, for everybody",
            description = "In the language of Accept-Language where it was published in it, else in another.")
    @APIResponse(
            responseCode = "200",
            description = "The page",
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "404",
            description = "A page that says so: nothing was published yet",
            content = @Content(mediaType = HTML, schema = @Schema(type = SchemaType.STRING)))
    public Uni<RestResponse<String>> page(@RestHeader(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String languages) {
        return policies.inEffect(UnsubscribePages.locale(languages).getLanguage())
                .chain(found -> found.map(policy -> UnsubscribePages.page(200, template(policy), languages))
                        .orElseGet(() -> pages.broken(languages)));
    }

    /** Nobody would read a problem in JSON here. */
    @ServerExceptionMapper(Throwable.class)
    Uni<RestResponse<String>> failed(Throwable failure, HttpHeaders headers) {
        Log.error("The policy could not be shown; the reader was asked to try again", failure);
        return pages.failed(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    }

    private TemplateInstance template(PolicyVersionView policy) {
        return Templates.page(
                operator,
                policy,
                policy.effectiveFrom().atZone(zone).toLocalDate().toString());
    }
}
