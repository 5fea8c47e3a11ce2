package io.snowball.customer.product;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.product.ProductApi.ProductCategoryData;
import io.snowball.customer.product.ProductApi.ProductCategoryList;
import io.snowball.customer.product.ProductApi.ProductCategoryView;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

@Path("/api/v1/product-categories")
@Produces("application/json")
@Tag(name = "Products")
class ProductCategoryResource {
    private final Products products;

    ProductCategoryResource(Products products) {
        this.products = products;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.SERVICE})
    @Operation(
            operationId = "listProductCategories",
            summary = "List all categories by code",
            description = "The whole tree; there can be 5000.")
    public Uni<ProductCategoryList> list() {
        return products.categories().map(ProductCategoryList::new);
    }

    @PUT
    @Path("{code}")
    @RolesAllowed({Roles.ADMIN, Roles.PARTNER, Roles.SERVICE})
    @Operation(
            operationId = "putProductCategory",
            summary = "Create, rename or move a category",
            description =
                    "A category that moves takes all below with it; product.changed is told for each product there.")
    public Uni<ProductCategoryView> put(@RestPath String code, @Valid @NotNull ProductCategoryData body) {
        return products.storeCategory(code, body);
    }
}
