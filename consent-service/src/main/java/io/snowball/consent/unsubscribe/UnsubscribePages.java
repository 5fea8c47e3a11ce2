package io.snowball.consent.unsubscribe;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.ConsentConfig;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.receipt.ReceiptOffer;
import io.snowball.platform.security.SignedLinks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The four pages that a person may see, in Russian or English: plain HTML without scripts, cookies or anything loaded. */
@ApplicationScoped
public class UnsubscribePages {
    private static final Locale RUSSIAN = Locale.of("ru");
    private static final String MEDIA_TYPE = "text/html; charset=UTF-8";
    private static final String NOTHING_BUT_OUR_OWN_FORM =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final SignedLinks links;
    private final String operator;

    UnsubscribePages(SignedLinks links, ConsentConfig config) {
        this.links = links;
        this.operator = config.operator().name().orElse("");
    }

    /** Templates in {@code templates/unsubscribe}. */
    @CheckedTemplate(basePath = "unsubscribe")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance ask(String operator, Channel channel, String preferences);

        static native TemplateInstance done(
                String operator, Channel channel, String preferences, List<ReceiptOffer> receipts);

        static native TemplateInstance broken(String operator);

        static native TemplateInstance failed(String operator);
    }

    Uni<RestResponse<String>> ask(UnsubscribeLink link, @Nullable String languages) {
        return page(200, Templates.ask(operator, link.channel(), preferences(link)), languages);
    }

    Uni<RestResponse<String>> done(UnsubscribeLink link, List<ReceiptOffer> receipts, @Nullable String languages) {
        return page(200, Templates.done(operator, link.channel(), preferences(link), receipts), languages);
    }

    public Uni<RestResponse<String>> broken(@Nullable String languages) {
        return page(404, Templates.broken(operator), languages);
    }

    public Uni<RestResponse<String>> failed(@Nullable String languages) {
        return page(503, Templates.failed(operator), languages);
    }

    /** A page as all of ours are: never kept, never framed, its address told to nobody. */
    public static Uni<RestResponse<String>> page(int status, TemplateInstance template, @Nullable String languages) {
        Locale locale = locale(languages);
        return template.setLocale(locale).createUni().map(html -> {
            var page = RestResponse.ResponseBuilder.<String>create(status)
                    .entity(html)
                    .header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                    .header(HttpHeaders.CONTENT_LANGUAGE, locale.getLanguage())
                    .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    // The address is a key: it must not travel to other sites or into a search engine.
                    .header("Referrer-Policy", "no-referrer")
                    .header("X-Robots-Tag", "noindex, nofollow")
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Content-Security-Policy", NOTHING_BUT_OUR_OWN_FORM);
            return (status == 503 ? page.header(HttpHeaders.RETRY_AFTER, 60) : page).build();
        });
    }

    /** Who wants to choose instead of leaving may: the message's link is proof enough of who they are. */
    private String preferences(UnsubscribeLink link) {
        return "/p/" + links.sign(PreferenceLink.USE, new PreferenceLink(link.customerId(), link.channel()).payload());
    }

    /** Russian for who asks for neither; a header that can't be read is no reason to fail. */
    public static Locale locale(@Nullable String languages) {
        if (languages == null) {
            return RUSSIAN;
        }
        try {
            Locale found = Locale.lookup(LanguageRange.parse(languages), List.of(RUSSIAN, Locale.ENGLISH));
            return found == null ? RUSSIAN : found;
        } catch (IllegalArgumentException _) {
            return RUSSIAN;
        }
    }
}
