package io.snowball.customer.profile;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.identity.Identities;
import io.snowball.customer.profile.CustomerIdentityApi.CustomerIdentityList;
import io.snowball.customer.profile.CustomerIdentityApi.CustomerIdentityView;
import io.snowball.customer.profile.CustomerIdentityApi.RemoveIdentity;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
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
    private final IdentityRemovals removals;
    private final SecurityIdentity caller;
    private final JsonWebToken token;

    CustomerIdentityResource(
            Identities identities,
            People people,
            Pool pool,
            IdentityRemovals removals,
            SecurityIdentity caller,
            JsonWebToken token) {
        this.removals = removals;
        this.token = token;
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

    // Not DELETE with the value in the path: addresses are written down by whoever passes a request on.
    @POST
    @Path("removals")
    @RolesAllowed({Roles.ADMIN, Roles.SALES, Roles.DPO})
    @Accesses(value = AccessAction.CHANGE, purpose = "customer-record", subject = "id")
    @Operation(
            operationId = "removeCustomerIdentity",
            summary = "Take one identity from a customer",
            description =
                    "An address that is out of date, an account of somebody else. The value is normalised as everywhere, so any spelling "
                            + "will do. Of several of a kind the oldest becomes the main one. The history says who removed what, "
                            + "customer.changed follows on the feed, and the identity is free for another customer. 404 where the "
                            + "customer does not have it. Events that a browser is known for stay with the customer.")
    @APIResponse(responseCode = "204", description = "Removed")
    public Uni<Void> remove(@RestPath UUID id, @Valid @NotNull RemoveIdentity body) {
        return removals.remove(id, body.toIdentity(), token.getSubject());
    }
}
