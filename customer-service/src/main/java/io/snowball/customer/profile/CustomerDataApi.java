package io.snowball.customer.profile;

import io.snowball.customer.FieldErrors;
import io.snowball.customer.identity.Identity;
import io.snowball.customer.profile.Details.Address;
import io.snowball.customer.profile.Details.Device;
import io.snowball.customer.profile.Details.Utm;
import io.snowball.platform.problem.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is told of a customer, on the wire. */
final class CustomerDataApi {
    private CustomerDataApi() {}

    @Schema(name = "CustomerData", description = "What is known of a customer; every field may be left out")
    record CustomerData(
            @Schema(examples = "shop-10042", description = "The id in your own system") @Nullable
            String externalId,

            @Schema(examples = "anna@example.ru") @Nullable String email,

            @Schema(
                    examples = "+7 912 345-67-89",
                    description = "As people write it; without a country code it is Russian. Kept in E.164.")
            @Nullable
            String phone,

            @Schema(examples = "Анна", maxLength = 100) @Nullable
            String firstName,

            @Schema(examples = "Иванова", maxLength = 100) @Nullable
            String lastName,

            @Nullable Sex sex,

            @Schema(examples = "1990-05-17") @Nullable LocalDate birthday,

            @Schema(examples = "Europe/Moscow", description = "IANA time zone") @Nullable
            String timeZone,

            @Schema(examples = "ru") @Nullable String language,

            @Schema(examples = "landing-spring", description = "Where the customer came from", maxLength = 100)
            @Nullable
            String source,

            @Schema(description = "When the customer came to be one; now, if left out") @Nullable
            Instant registeredAt,

            @Schema(description = "For needs by age (up to 20)") @Nullable
            List<LocalDate> childrenBirthdays,

            @Nullable Address address,

            @Schema(
                    description =
                            "How the time zone is known; TOLD, if left out. The region of a mobile number proves nothing")
            @Nullable
            TimeZoneSource timeZoneSource,

            @Nullable Utm utm,
            @Nullable Device device,

            @Schema(examples = "https://vk.com/anna", description = "Pages and names in social networks (up to 20)")
            @Nullable
            List<String> socialAccounts,

            @Schema(description = "A preference, not a consent") @Nullable
            PreferredChannel preferredChannel,

            @Schema(
                    type = SchemaType.OBJECT,
                    examples = "{\"shoe_size\": 38}",
                    description = "Values by the names of declared attributes; a value of another type is refused")
            @Nullable
            Map<String, Object> attributes) {

        /** @throws ProblemException with all that is wrong */
        CustomerDraft toDraft(LocalDate today) {
            FieldErrors errors = new FieldErrors();
            CustomerDraft draft = new CustomerDraft(
                    CustomerApi.identity(errors, "/externalId", externalId, Identity::externalId),
                    CustomerApi.identity(errors, "/email", email, Identity::email),
                    CustomerApi.identity(errors, "/phone", phone, Identity::phone),
                    new Profile(
                            errors.read("/firstName", () -> Profile.name(firstName)),
                            errors.read("/lastName", () -> Profile.name(lastName)),
                            sex,
                            errors.read("/birthday", () -> Profile.birthday(birthday, today)),
                            errors.read("/timeZone", () -> Profile.timeZone(timeZone)),
                            errors.read("/language", () -> Profile.language(language)),
                            errors.read("/source", () -> Profile.source(source)),
                            details(errors, today)),
                    errors.read("/registeredAt", () -> Profile.registeredAt(registeredAt, today)));
            errors.throwIfAny();
            return draft;
        }

        private Details details(FieldErrors errors, LocalDate today) {
            return new Details(
                    errors.read("/childrenBirthdays", () -> Details.children(childrenBirthdays, today)),
                    address == null ? null : errors.read("/address", address::cleaned),
                    timeZone != null && timeZoneSource == null ? TimeZoneSource.TOLD : timeZoneSource,
                    utm == null ? null : errors.read("/utm", utm::cleaned),
                    device == null ? null : errors.read("/device", device::cleaned),
                    errors.read("/socialAccounts", () -> Details.accounts(socialAccounts)),
                    preferredChannel,
                    Map.of(),
                    Map.of());
        }

        /** What would have to be told for the customer to be as it is. */
        static CustomerData of(CustomerState state) {
            Profile profile = state.profile();
            Details details = profile.details();
            return new CustomerData(
                    CustomerApi.value(state.externalId()),
                    CustomerApi.value(state.email()),
                    CustomerApi.value(state.phone()),
                    profile.firstName(),
                    profile.lastName(),
                    profile.sex(),
                    profile.birthday(),
                    profile.timeZone(),
                    profile.language(),
                    profile.source(),
                    state.registeredAt(),
                    details.childrenBirthdays(),
                    details.address(),
                    details.timeZoneSource(),
                    details.utm(),
                    details.device(),
                    details.socialAccounts(),
                    details.preferredChannel(),
                    details.allAttributes());
        }
    }
}
