package io.snowball.customer.loyalty;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.loyalty.GiftApi.CustomerGiftPage;
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

@Path("/api/v1/customers/{id}/gifts")
@Produces("application/json")
@Tag(name = "Loyalty")
class CustomerGiftResource {
    private final Gifts gifts;

    CustomerGiftResource(Gifts gifts) {
        this.gifts = gifts;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "loyalty", subject = "id")
    @Operation(
            operationId = "listCustomerGifts",
            summary = "List what rules gave a customer besides points",
            description =
                    "Newest first: discounts, products, guides, lessons, checklists. What was taken back is left out.")
    public Uni<CustomerGiftPage> list(
            @RestPath UUID id,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return gifts.list(id, cursor, limit).map(CustomerGiftPage::of);
    }
}
