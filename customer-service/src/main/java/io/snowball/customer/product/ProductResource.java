package io.snowball.customer.product;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.product.ProductApi.ProductBatch;
import io.snowball.customer.product.ProductApi.ProductBatchResult;
import io.snowball.customer.product.ProductApi.ProductPage;
import io.snowball.customer.product.ProductApi.ProductView;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/products")
@Produces("application/json")
@Tag(name = "Products")
class ProductResource {
    private final Products products;

    ProductResource(Products products) {
        this.products = products;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.PARTNER, Roles.SERVICE})
    @Operation(
            operationId = "sendProducts",
            summary = "Tell of products, new or changed",
            description =
                    "1 to 1000 products. The sku is what makes repeating harmless: what is stored already is a DUPLICATE, what "
                            + "differs replaces it. A rejected product keeps no other from being stored.")
    public Uni<ProductBatchResult> send(@Valid @NotNull ProductBatch body) {
        return products.write(body.items()).map(ProductBatchResult::new);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.SERVICE})
    @Operation(
            operationId = "listProducts",
            summary = "List products by sku",
            description = "Those no longer sold, too.")
    public Uni<ProductPage> list(
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return products.list(cursor, limit).map(ProductPage::of);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.SERVICE})
    @Operation(operationId = "getProduct", summary = "Read one product", description = "By our id of the product.")
    public Uni<ProductView> get(@RestPath UUID id) {
        return products.get(id).map(ProductView::of);
    }
}
