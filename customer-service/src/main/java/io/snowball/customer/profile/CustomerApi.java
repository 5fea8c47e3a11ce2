package io.snowball.customer.profile;

import io.snowball.customer.FieldErrors;
import io.snowball.customer.identity.Identity;
import io.snowball.customer.profile.Details.Address;
import io.snowball.customer.profile.Details.Device;
import io.snowball.customer.profile.Details.Utm;
import io.snowball.platform.access.Accessed;
import io.snowball.platform.page.Keyset;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Customers on the wire. */
final class CustomerApi {
    private CustomerApi() {}

    @Schema(name = "CustomerReference", description = "Which customer, and its version after the write")
    record CustomerReference(
            @NotNull UUID id,

            @Schema(examples = "1", description = "Send it as If-Match when you replace the customer") @NotNull
            int version)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return List.of(id);
        }

        static CustomerReference of(CustomerOutcome outcome) {
            return new CustomerReference(outcome.id(), outcome.version());
        }
    }

    @Schema(
            name = "CustomerView",
            description =
                    "E-mail, phone and last name come masked, of the address only the town, and birthdays, social accounts and personal "
                            + "attributes not at all, unless your role may see them")
    record CustomerView(
            @NotNull UUID id,

            @Schema(examples = "1") @NotNull int version,

            @Schema(examples = "shop-10042") @Nullable String externalId,

            @Schema(examples = "a***@example.ru") @Nullable String email,

            @Schema(examples = "+7********89") @Nullable String phone,

            @Schema(examples = "Анна") @Nullable String firstName,

            @Schema(examples = "И.") @Nullable String lastName,

            @Nullable Sex sex,

            @Schema(examples = "1990-05-17") @Nullable LocalDate birthday,

            @Schema(examples = "Europe/Moscow") @Nullable String timeZone,

            @Schema(examples = "ru") @Nullable String language,

            @Schema(examples = "landing-spring") @Nullable String source,

            @NotNull Instant registeredAt,

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
            Map<String, Object> attributes)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return List.of(id);
        }

        static CustomerView of(CustomerState state, Masking masking) {
            Profile profile = state.profile();
            Details details = profile.details();
            Map<String, Object> attributes = masking == Masking.CLEAR ? details.allAttributes() : details.attributes();
            return new CustomerView(
                    state.id(),
                    state.version(),
                    value(state.externalId()),
                    masking.email(value(state.email())),
                    masking.phone(value(state.phone())),
                    profile.firstName(),
                    masking.lastName(profile.lastName()),
                    profile.sex(),
                    masking == Masking.CLEAR ? profile.birthday() : null,
                    profile.timeZone(),
                    profile.language(),
                    profile.source(),
                    state.registeredAt(),
                    masking == Masking.CLEAR ? details.childrenBirthdays() : null,
                    masking.address(details.address()),
                    details.timeZoneSource(),
                    details.utm(),
                    details.device(),
                    masking == Masking.CLEAR ? details.socialAccounts() : null,
                    details.preferredChannel(),
                    attributes.isEmpty() ? null : attributes);
        }
    }

    @Schema(name = "CustomerPage")
    record CustomerPage(
            @NotNull List<CustomerView> items, @Nullable String nextCursor) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream().map(CustomerView::id).toList();
        }

        static CustomerPage of(Keyset<CustomerState> page, Masking masking) {
            return new CustomerPage(
                    page.map(state -> CustomerView.of(state, masking)).items(), page.nextCursor());
        }
    }

    static @Nullable Identity identity(
            FieldErrors errors, String pointer, @Nullable String text, Function<String, Identity> kind) {
        return text == null || text.isBlank() ? null : errors.read(pointer, () -> kind.apply(text));
    }

    static @Nullable String value(@Nullable Identity identity) {
        return identity == null ? null : identity.value();
    }
}
