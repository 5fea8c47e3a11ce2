package io.snowball.gateway.route;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The table of docs/architecture.md: the first segment after {@code /api/v1/} decides. */
public final class Routes {
    public static final String OWN = "gateway";
    static final String API = "/api/v1/";

    private static final String CUSTOMER = "customer";
    private static final String SEGMENTATION = "segmentation";
    private static final String CONSENT = "consent";
    private static final String CAMPAIGN = "campaign";

    private static final Map<String, String> SERVICES = Map.ofEntries(
            Map.entry("customers", CUSTOMER),
            Map.entry("customer-searches", CUSTOMER),
            Map.entry("orders", CUSTOMER),
            Map.entry("merges", CUSTOMER),
            Map.entry("merge-candidates", CUSTOMER),
            Map.entry("identifications", CUSTOMER),
            Map.entry("products", CUSTOMER),
            Map.entry("product-categories", CUSTOMER),
            Map.entry("attributes", CUSTOMER),
            Map.entry("imports", CUSTOMER),
            Map.entry("events", CUSTOMER),
            Map.entry("event-types", CUSTOMER),
            Map.entry("visitor-links", CUSTOMER),
            Map.entry("pipelines", CUSTOMER),
            Map.entry("deals", CUSTOMER),
            Map.entry("appointments", CUSTOMER),
            Map.entry("call-lists", CUSTOMER),
            Map.entry("exports", CUSTOMER),
            Map.entry("points-redemptions", CUSTOMER),
            Map.entry("points-settings", CUSTOMER),
            Map.entry("loyalty-rules", CUSTOMER),
            Map.entry("loyalty-levels", CUSTOMER),
            Map.entry("loyalty-figures", CUSTOMER),
            Map.entry("referral-codes", CUSTOMER),
            Map.entry("referrals", CUSTOMER),
            Map.entry("feedback-questions", CUSTOMER),
            Map.entry("feedback-answers", CUSTOMER),
            Map.entry("feedback-figures", CUSTOMER),
            Map.entry("promoters", CUSTOMER),
            Map.entry("advocates", CUSTOMER),
            Map.entry("segments", SEGMENTATION),
            Map.entry("segment-previews", SEGMENTATION),
            Map.entry("rfm", SEGMENTATION),
            Map.entry("rfm-settings", SEGMENTATION),
            Map.entry("rfm-grids", SEGMENTATION),
            Map.entry("customer-metrics", SEGMENTATION),
            Map.entry("prediction-models", SEGMENTATION),
            Map.entry("predictions", SEGMENTATION),
            Map.entry("economics", SEGMENTATION),
            Map.entry("reports", SEGMENTATION),
            Map.entry("clusters", SEGMENTATION),
            Map.entry("recommendations", SEGMENTATION),
            Map.entry("recommendation-settings", SEGMENTATION),
            Map.entry("product-relations", SEGMENTATION),
            Map.entry("rest-group", SEGMENTATION),
            Map.entry("erosion", SEGMENTATION),
            Map.entry("contact-prices", SEGMENTATION),
            Map.entry("purposes", CONSENT),
            Map.entry("consent-documents", CONSENT),
            Map.entry("consents", CONSENT),
            Map.entry("consent-states", CONSENT),
            Map.entry("calendar-years", CONSENT),
            Map.entry("legal-terms", CONSENT),
            Map.entry("operator-details", CONSENT),
            Map.entry("subject-requests", CONSENT),
            Map.entry("processing-blocks", CONSENT),
            Map.entry("preference-links", CONSENT),
            Map.entry("destructions", CONSENT),
            Map.entry("incidents", CONSENT),
            Map.entry("law-papers", CONSENT),
            Map.entry("consent-withdrawals", CONSENT),
            Map.entry("consent-keys", CONSENT),
            Map.entry("consent-receipts", CONSENT),
            Map.entry("consent-proofs", CONSENT),
            Map.entry("confirmation-rules", CONSENT),
            Map.entry("legacy-consents", CONSENT),
            Map.entry("legacy-consent-rule", CONSENT),
            Map.entry("contact-stops", CONSENT),
            Map.entry("channel-rules", CONSENT),
            Map.entry("ledger-seals", CONSENT),
            Map.entry("ledger-verifications", CONSENT),
            Map.entry("access-records", CONSENT),
            Map.entry("access-persons", CONSENT),
            Map.entry("retention-purges", CONSENT),
            Map.entry("subject-counts", CONSENT),
            Map.entry("efficiency-reviews", CONSENT),
            Map.entry("recipient-notices", CONSENT),
            Map.entry("calling-numbers", CONSENT),
            Map.entry("call-decisions", CONSENT),
            Map.entry("templates", CAMPAIGN),
            Map.entry("campaigns", CAMPAIGN),
            Map.entry("tariffs", CAMPAIGN),
            Map.entry("send-log-purges", CAMPAIGN),
            Map.entry("sessions", OWN),
            Map.entry("second-factor", OWN),
            Map.entry("users", OWN),
            Map.entry("openapi", OWN));

    /** Files come as they are; everything else is a JSON document that somebody must hold in memory. */
    private static final Pattern FILE_UPLOAD = Pattern.compile("/api/v1/imports/[^/]+/content/?");

    private Routes() {}

    /** The service that a path goes to; a path template will do as well. */
    public static Optional<String> service(String path) {
        // Matrix parameters would let a path look like one thing here and like another there.
        if (!path.startsWith(API) || path.indexOf(';') >= 0) {
            return Optional.empty();
        }
        int end = path.indexOf('/', API.length());
        String segment = path.substring(API.length(), end < 0 ? path.length() : end);
        return Optional.ofNullable(SERVICES.get(segment));
    }

    static boolean isFileUpload(String path) {
        return FILE_UPLOAD.matcher(path).matches();
    }
}
