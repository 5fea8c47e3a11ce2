package io.snowball.customer.profile;

import io.snowball.customer.FieldErrors;
import io.snowball.customer.identity.Identity;
import io.snowball.customer.profile.CustomerApi.CustomerView;
import io.snowball.platform.access.Accessed;
import io.snowball.platform.problem.ProblemException;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Looking for a customer, on the wire. */
final class CustomerSearchApi {
    private CustomerSearchApi() {}

    @Schema(name = "CustomerSearch", description = "Exactly one of the three")
    record CustomerSearch(
            @Schema(examples = "anna@example.ru") @Nullable String email,

            @Schema(examples = "8 (912) 345-67-89") @Nullable
            String phone,

            @Schema(examples = "shop-10042") @Nullable String externalId) {

        Identity toIdentity() {
            FieldErrors errors = new FieldErrors();
            List<Identity> given = Stream.of(
                            CustomerApi.identity(errors, "/email", email, Identity::email),
                            CustomerApi.identity(errors, "/phone", phone, Identity::phone),
                            CustomerApi.identity(errors, "/externalId", externalId, Identity::externalId))
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
}
