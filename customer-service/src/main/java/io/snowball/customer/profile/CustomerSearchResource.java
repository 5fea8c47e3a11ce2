package io.snowball.customer.profile;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.identity.Identity;
import io.snowball.customer.profile.CustomerApi.CustomerView;
import io.snowball.customer.profile.CustomerSearchApi.CustomerSearch;
import io.snowball.customer.profile.CustomerSearchApi.CustomerSearchResult;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.AccessNotes;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A POST, because an address in a URL would end up in the logs of every proxy on the way. */
@Path("/api/v1/customer-searches")
@Produces("application/json")
@Tag(name = "Customers")
// Whoever may not see an address may not find out either whose it is.
@RolesAllowed({Roles.ADMIN, Roles.SALES, Roles.DPO, Roles.SERVICE})
class CustomerSearchResource {
    private final Customers customers;
    private final SecurityIdentity caller;
    private final AccessNotes notes;

    CustomerSearchResource(Customers customers, SecurityIdentity caller, AccessNotes notes) {
        this.notes = notes;
        this.customers = customers;
        this.caller = caller;
    }

    @POST
    @Accesses(value = AccessAction.SEARCH, purpose = "customer-care")
    @Operation(
            operationId = "searchCustomers",
            summary = "Find a customer by e-mail address, phone number or external id",
            description = "The search is normalised as the stored identities are: 8 912 345-67-89 finds +79123456789.")
    public Uni<CustomerSearchResult> search(@NotNull CustomerSearch body) {
        Masking masking = Masking.towards(caller);
        Identity identity = body.toIdentity();
        notes.searched(identity.kind() + ":" + identity.value());
        return customers
                .find(identity)
                .map(found -> new CustomerSearchResult(found.stream()
                        .map(state -> CustomerView.of(state, masking))
                        .toList()));
    }
}
