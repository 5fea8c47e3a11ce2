package io.snowball.customer.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the feed tells of a customer: facts, nothing that names anybody. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record CustomerChanged(
        UUID customerId,
        Instant registeredAt,
        boolean hasEmail,
        boolean hasPhone,
        @Nullable String timeZone,
        @Nullable String language,
        @Nullable String source,
        @Nullable Sex sex,
        @Nullable Integer birthYear,
        @Nullable TimeZoneSource timeZoneSource,
        @Nullable PreferredChannel preferredChannel,
        @Nullable List<Integer> childBirthYears,
        @Nullable String region,
        Details.@Nullable Utm utm,
        Details.@Nullable Device device,
        @Nullable Map<String, Object> attributes,
        @Nullable Boolean blocked,
        int version) {
    static final String TYPE = "customer.changed";

    static CustomerChanged of(CustomerState state) {
        Profile profile = state.profile();
        Details details = profile.details();
        Details.Utm utm = details.utm();
        return new CustomerChanged(
                state.id(),
                state.registeredAt(),
                state.email() != null && !state.blocked(),
                state.phone() != null && !state.blocked(),
                profile.timeZone(),
                profile.language(),
                profile.source(),
                profile.sex(),
                profile.birthday() == null ? null : profile.birthday().getYear(),
                details.timeZoneSource(),
                details.preferredChannel(),
                years(details.childrenBirthdays()),
                details.address() == null ? null : details.address().region(),
                // Without term and content: what a search or an advertisement said may be anything.
                utm == null ? null : new Details.Utm(utm.source(), utm.medium(), utm.campaign(), null, null),
                details.device(),
                details.attributes().isEmpty() ? null : details.attributes(),
                state.blocked() ? Boolean.TRUE : null,
                state.version());
    }

    private static @Nullable List<Integer> years(@Nullable List<LocalDate> birthdays) {
        return birthdays == null
                ? null
                : birthdays.stream().map(LocalDate::getYear).toList();
    }
}
