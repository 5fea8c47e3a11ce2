package io.snowball.customer.profile;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.profile.CustomerChangeApi.CustomerChangePage;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** A class of its own for the same reason as that of a customer's orders. */
@Path("/api/v1/customers/{id}/changes")
@Produces("application/json")
@Tag(name = "Customers")
class CustomerChangeResource {
    private final Changes changes;
    private final SecurityIdentity caller;

    CustomerChangeResource(Changes changes, SecurityIdentity caller) {
        this.changes = changes;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "customer-care", subject = "id")
    @Operation(
            operationId = "listCustomerChanges",
            summary = "List who changed what of a customer, newest first",
            description =
                    "Field by field, from what to what. Personal data come masked, unless your role may see them.")
    public Uni<CustomerChangePage> list(
            @RestPath UUID id,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        Masking masking = Masking.towards(caller);
        return changes.list(id, cursor, limit).map(page -> CustomerChangePage.of(page, masking));
    }
}
