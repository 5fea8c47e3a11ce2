package io.snowball.campaign.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a template may speak of. One list for checking a template, for previews and for sending, so that they can't differ. */
public record MailValues(
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String language,
        @Nullable String timeZone,
        String campaignName) {

    static final Variables VARIABLES = Variables.of(
            "customer.first_name", "customer.last_name", "customer.language", "customer.time_zone", "campaign.name");

    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> customer = new HashMap<>();
        customer.put("first_name", firstName);
        customer.put("last_name", lastName);
        customer.put("language", language);
        customer.put("time_zone", timeZone);
        return Map.of("customer", customer, "campaign", Map.of("name", campaignName));
    }

    /** Personal data: not even by accident in a log. */
    @Override
    public String toString() {
        return "MailValues[…]";
    }
}
