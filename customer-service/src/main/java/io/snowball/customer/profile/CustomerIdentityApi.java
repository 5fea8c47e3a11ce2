package io.snowball.customer.profile;

import io.snowball.customer.FieldErrors;
import io.snowball.customer.identity.Identities;
import io.snowball.customer.identity.Identity;
import io.snowball.customer.identity.IdentityKind;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a customer is recognised by, on the wire. */
final class CustomerIdentityApi {
    private CustomerIdentityApi() {}

    @Schema(name = "RemoveIdentity")
    record RemoveIdentity(
            @NotNull IdentityKind kind,

            @Schema(
                    examples = "crm",
                    description = "Only for EXTERNAL_ID: whose id it is. Left out: the shop's main system")
            @Nullable
            String system,

            @Schema(examples = "8 (912) 345-67-89", description = "As people write it; normalised by its kind") @NotNull
            String value) {
        Identity toIdentity() {
            FieldErrors errors = new FieldErrors();
            Identity identity = errors.read("/value", () -> Identity.of(kind, system, value));
            errors.throwIfAny();
            return Objects.requireNonNull(identity);
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
}
