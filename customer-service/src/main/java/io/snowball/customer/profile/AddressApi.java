package io.snowball.customer.profile;

import io.snowball.platform.access.Accessed;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Addresses for siblings that write to customers, on the wire. */
final class AddressApi {
    private AddressApi() {}

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
}
