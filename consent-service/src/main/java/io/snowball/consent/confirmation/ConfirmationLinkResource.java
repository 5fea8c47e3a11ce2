package io.snowball.consent.confirmation;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.confirmation.ConfirmationLinkApi.AskConfirmationLinks;
import io.snowball.consent.confirmation.ConfirmationLinkApi.ConfirmationLinkList;
import io.snowball.platform.access.NoPersonalData;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/confirmation-links")
@Produces("application/json")
@Tag(name = "For siblings")
@RolesAllowed(Roles.SERVICE)
@NoPersonalData("Links by the ids of consents; the addresses stand in the question and are not kept")
class ConfirmationLinkResource {
    private final SendableLinks links;

    ConfirmationLinkResource(SendableLinks links) {
        this.links = links;
    }

    @POST
    @Operation(
            operationId = "listConfirmationLinks",
            summary = "The links to confirm these consents",
            description = """
                    For the message of a double opt-in, asked just before it goes out, for sibling services only. A consent that waits no \
                    longer, was given for another address, or whose person must not be written to at all is absent. Creates nothing; a \
                    POST because addresses stand in no URL.""")
    public Uni<ConfirmationLinkList> list(@Valid @NotNull AskConfirmationLinks body) {
        return links.of(body.items()).map(ConfirmationLinkList::new);
    }
}
