package io.snowball.customer.profile;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.profile.AttributeApi.AttributeList;
import io.snowball.customer.profile.AttributeApi.AttributeView;
import io.snowball.customer.profile.AttributeApi.DeclareAttribute;
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

@Path("/api/v1/attributes")
@Produces("application/json")
@Tag(name = "Customers")
class AttributeResource {
    private final Attributes attributes;

    AttributeResource(Attributes attributes) {
        this.attributes = attributes;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.PARTNER, Roles.SERVICE})
    @Operation(
            operationId = "listAttributes",
            summary = "List the declared attributes of customers",
            description = "In the order of their names; there can be 200.")
    public Uni<AttributeList> list() {
        return attributes
                .all()
                .map(all ->
                        new AttributeList(all.stream().map(AttributeView::of).toList()));
    }

    @PUT
    @Path("{name}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(
            operationId = "declareAttribute",
            summary = "Declare an attribute of customers",
            description =
                    "Values of another type are refused from then on. Declared again, a CHOICE may get more choices; anything else "
                            + "that differs is refused with 409.")
    public Uni<AttributeView> declare(@RestPath String name, @Valid @NotNull DeclareAttribute body) {
        return attributes
                .declare(name, body)
                .map(declared -> declared.map(AttributeView::of)
                        .orElseThrow(() -> CustomerProblem.ATTRIBUTE_DIFFERS.with(
                                "Use another name, or declare it as it was; there can be " + Attributes.MAX_DECLARED)));
    }
}
