package io.snowball.consent.preference;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.ConsentConfig;
import io.snowball.consent.receipt.ReceiptOffer;
import io.snowball.consent.unsubscribe.UnsubscribePages;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The page of the preference centre, in Russian or English: plain HTML without scripts, cookies or anything loaded. */
@ApplicationScoped
class PreferencePages {
    private final String operator;

    PreferencePages(ConsentConfig config) {
        this.operator = config.operator().name().orElse("");
    }

    /** Templates in {@code templates/preference}. */
    @CheckedTemplate(basePath = "preference")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance page(
                String operator,
                String token,
                List<Preference> preferences,
                @Nullable News news,
                List<ReceiptOffer> receipts);
    }

    Uni<RestResponse<String>> page(
            String token,
            List<Preference> preferences,
            @Nullable News news,
            List<ReceiptOffer> receipts,
            @Nullable String languages) {
        return UnsubscribePages.page(200, Templates.page(operator, token, preferences, news, receipts), languages);
    }
}
