package io.snowball.customer.event;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.event.EventApi.LinkVisitor;
import io.snowball.customer.event.EventApi.VisitorLinkView;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.problem.ProblemException;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/visitor-links")
@Produces("application/json")
@Tag(name = "Events")
class VisitorLinkResource {
    private final Events events;

    VisitorLinkResource(Events events) {
        this.events = events;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.CHANGE, purpose = "customer-record")
    @Operation(
            operationId = "linkVisitor",
            summary = "Say which customer a visitor of a web page is",
            description =
                    "For the shop's server, when somebody logs in: a browser's word would let anybody be anybody. What the visitor "
                            + "did before, if it was nobody's (the latest 10000 events), and does from now on is the customer's. Repeating "
                            + "it is harmless.")
    public Uni<VisitorLinkView> link(@Valid @NotNull LinkVisitor body) {
        if ((body.customerId() == null) == (body.customerExternalId() == null)) {
            throw ProblemException.invalidField(
                    "/customerId", "invalid", "Give either customerId or customerExternalId");
        }
        return events.link(body);
    }
}
