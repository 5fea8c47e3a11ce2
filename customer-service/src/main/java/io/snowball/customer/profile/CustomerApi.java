package io.snowball.customer.profile;

import io.snowball.customer.FieldErrors;
import io.snowball.customer.identity.Identities;
import io.snowball.customer.identity.Identity;
import io.snowball.customer.identity.IdentityKind;
import io.snowball.customer.profile.Details.Address;
import io.snowball.customer.profile.Details.Device;
import io.snowball.customer.profile.Details.Utm;
import io.snowball.platform.access.Accessed;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.ProblemException;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Customers on the wire. */
final class CustomerApi {
    private CustomerApi() {}

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
                    identity(errors, "/externalId", externalId, Identity::externalId),
                    identity(errors, "/email", email, Identity::email),
                    identity(errors, "/phone", phone, Identity::phone),
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
                    value(state.externalId()),
                    value(state.email()),
                    value(state.phone()),
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

    @Schema(name = "CustomerChangePage")
    record CustomerChangePage(
            @NotNull List<CustomerChangeView> items,
            @Nullable String nextCursor) {
        static CustomerChangePage of(Keyset<Changes.Stored> page, Masking masking) {
            return new CustomerChangePage(
                    page.map(change -> CustomerChangeView.of(change, masking)).items(), page.nextCursor());
        }
    }

    @Schema(name = "CustomerChangeView")
    record CustomerChangeView(
            @NotNull UUID id,
            @NotNull Instant changedAt,

            @Schema(description = "The user's id, or import") @NotNull
            String changedBy,

            @Schema(examples = "lastName") @NotNull String field,

            @Schema(description = "Absent where nothing was known") @Nullable
            String oldValue,

            @Schema(description = "Absent where it was forgotten") @Nullable
            String newValue) {
        static CustomerChangeView of(Changes.Stored change, Masking masking) {
            return new CustomerChangeView(
                    change.id(),
                    change.changedAt(),
                    change.changedBy(),
                    change.field(),
                    masking.change(change.field(), change.oldValue()),
                    masking.change(change.field(), change.newValue()));
        }
    }

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

    @Schema(name = "CustomerIdentityList")
    record CustomerIdentityList(@NotNull List<CustomerIdentityView> items) {}

    @Schema(name = "CustomerIdentityView")
    record CustomerIdentityView(
            @NotNull IdentityKind kind,

            @Schema(examples = "crm", description = "Of an external id that is not of the shop's main system") @Nullable
            String system,

            @Schema(examples = "a***@example.ru") @NotNull String value,

            @Schema(description = "The one of its kind that is shown and written to") @NotNull
            boolean main,

            @Schema(description = "An e-mail address of a domain that gives them out for minutes") @NotNull
            boolean disposable,

            @NotNull Instant addedAt) {
        static CustomerIdentityView of(Identities.Stored stored, Masking masking) {
            Identity identity = stored.identity();
            return new CustomerIdentityView(
                    identity.kind(),
                    identity.system().isEmpty() ? null : identity.system(),
                    masking.identity(identity),
                    stored.main(),
                    identity.isDisposable(),
                    stored.addedAt());
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

    @Schema(name = "CustomerSearch", description = "Exactly one of the three")
    record CustomerSearch(
            @Schema(examples = "anna@example.ru") @Nullable String email,

            @Schema(examples = "8 (912) 345-67-89") @Nullable
            String phone,

            @Schema(examples = "shop-10042") @Nullable String externalId) {

        Identity toIdentity() {
            FieldErrors errors = new FieldErrors();
            List<Identity> given = Stream.of(
                            identity(errors, "/email", email, Identity::email),
                            identity(errors, "/phone", phone, Identity::phone),
                            identity(errors, "/externalId", externalId, Identity::externalId))
                    .flatMap(Stream::ofNullable)
                    .toList();
            errors.throwIfAny();
            if (given.size() != 1) {
                throw ProblemException.invalidField(
                        "", "exactly-one", "Give exactly one of email, phone and externalId");
            }
            return given.getFirst();
        }
    }

    @Schema(name = "CustomerSearchResult")
    record CustomerSearchResult(
            @Schema(description = "The one customer with this identity, or none; of a shared phone at most 20") @NotNull
            List<CustomerView> items)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream().map(CustomerView::id).toList();
        }
    }

    @Schema(name = "AddressRequest")
    record AddressRequest(
            @NotNull AddressChannel channel,

            @NotEmpty @Size(max = 1000) List<@NotNull UUID> customerIds) {}

    @Schema(name = "AddressList", description = "In no particular order; who has no address for the channel is absent")
    record AddressList(@NotNull List<AddressView> items) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream().map(AddressView::customerId).toList();
        }
    }

    @Schema(name = "AddressView")
    record AddressView(
            @NotNull UUID customerId,

            @Schema(examples = "anna@example.ru") @NotNull String address,

            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String timeZone,
            @Nullable String language) {
        static AddressView of(CustomerSql.Address address) {
            return new AddressView(
                    address.customerId(),
                    address.address(),
                    address.firstName(),
                    address.lastName(),
                    address.timeZone(),
                    address.language());
        }
    }

    private static @Nullable Identity identity(
            FieldErrors errors, String pointer, @Nullable String text, Function<String, Identity> kind) {
        return text == null || text.isBlank() ? null : errors.read(pointer, () -> kind.apply(text));
    }

    private static @Nullable String value(@Nullable Identity identity) {
        return identity == null ? null : identity.value();
    }
}
