package io.snowball.customer.profile;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.identity.Identities;
import io.snowball.customer.profile.CustomerApi.CustomerIdentityList;
import io.snowball.customer.profile.CustomerApi.CustomerIdentityView;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** A class of its own for the same reason as that of a customer's orders. */
@Path("/api/v1/customers/{id}/identities")
@Produces("application/json")
@Tag(name = "Customers")
class CustomerIdentityResource {
    private final Identities identities;
    private final People people;
    private final Pool pool;
    private final SecurityIdentity caller;

    CustomerIdentityResource(Identities identities, People people, Pool pool, SecurityIdentity caller) {
        this.identities = identities;
        this.people = people;
        this.pool = pool;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "customer-care", subject = "id")
    @Operation(
            operationId = "listCustomerIdentities",
            summary = "List what a customer is recognised by",
            description =
                    "All kinds, external ids by system; main is the one that is written to. Masked unless your role may "
                            + "see personal data. disposable marks mail domains that give out addresses for minutes.")
    public Uni<CustomerIdentityList> list(@RestPath UUID id) {
        Masking masking = Masking.towards(caller);
        return people.existing(pool, id)
                .chain(current -> identities.of(pool, current))
                .map(found -> new CustomerIdentityList(found.stream()
                        .map(stored -> CustomerIdentityView.of(stored, masking))
                        .toList()));
    }
}
