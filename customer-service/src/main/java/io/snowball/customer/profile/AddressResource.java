package io.snowball.customer.profile;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.profile.AddressApi.AddressList;
import io.snowball.customer.profile.AddressApi.AddressRequest;
import io.snowball.customer.profile.AddressApi.AddressView;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.AccessNotes;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/addresses")
@Produces("application/json")
@Tag(name = "For siblings")
@RolesAllowed(Roles.SERVICE)
class AddressResource {
    private final Customers customers;
    private final AccessNotes notes;

    AddressResource(Customers customers, AccessNotes notes) {
        this.notes = notes;
        this.customers = customers;
    }

    @POST
    @Accesses(value = AccessAction.EXPORT, purpose = "hand-over")
    @Operation(
            operationId = "listAddresses",
            summary = "Where to write to these customers",
            description =
                    "For the hand-over of a batch, for sibling services only. Keep the answer in memory and nowhere else.")
    public Uni<AddressList> list(@Valid @NotNull AddressRequest body) {
        notes.details(
                "channel=" + body.channel() + " asked=" + body.customerIds().size());
        return customers
                .addresses(body.channel(), body.customerIds())
                .map(addresses ->
                        new AddressList(addresses.stream().map(AddressView::of).toList()));
    }
}
