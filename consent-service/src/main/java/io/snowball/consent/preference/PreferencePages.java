package io.snowball.consent.preference;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.ConsentConfig;
import io.snowball.consent.policy.Policies;
import io.snowball.consent.receipt.ReceiptOffer;
import io.snowball.consent.unsubscribe.UnsubscribePages;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The page of the preference centre, in Russian or English: plain HTML without scripts, cookies or anything loaded. */
@ApplicationScoped
class PreferencePages {
    private final Policies policies;
    private final String operator;

    PreferencePages(Policies policies, ConsentConfig config) {
        this.policies = policies;
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
                List<ReceiptOffer> receipts,
                boolean policy);
    }

    Uni<RestResponse<String>> page(
            String token,
            List<Preference> preferences,
            @Nullable News news,
            List<ReceiptOffer> receipts,
            @Nullable String languages) {
        // 152-FZ art. 18.1 p. 2: wherever data are asked for.
        return policies.isPublished()
                .chain(policy -> UnsubscribePages.page(
                        200, Templates.page(operator, token, preferences, news, receipts, policy), languages));
    }
}
