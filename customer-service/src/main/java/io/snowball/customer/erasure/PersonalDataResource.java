package io.snowball.customer.erasure;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.erasure.PersonalDataApi.ErasureView;
import io.snowball.customer.erasure.PersonalDataApi.PersonalDataView;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

@Path("/api/v1/personal-data/{customerId}")
@Produces("application/json")
@Tag(name = "For siblings")
@RolesAllowed({Roles.SERVICE, Roles.DPO})
class PersonalDataResource {
    private final Erasures erasures;
    private final JsonWebToken caller;

    PersonalDataResource(Erasures erasures, JsonWebToken caller) {
        this.erasures = erasures;
        this.caller = caller;
    }

    @GET
    @Accesses(value = AccessAction.EXPORT, purpose = "answer-or-destruction")
    @Operation(
            operationId = "getPersonalData",
            summary = "Everything that is stored of one person",
            description =
                    "For the answer to a subject's request (152-FZ art. 14), and to verify a destruction: found is false where nothing "
                            + "is stored. An old id of a merged customer shows the person. Not reachable through the gateway.")
    public Uni<PersonalDataView> get(@RestPath UUID customerId) {
        return erasures.show(customerId);
    }

    @DELETE
    @Accesses(value = AccessAction.ERASE, purpose = "destruction")
    @Operation(
            operationId = "erasePersonalData",
            summary = "Destroy everything of one person",
            description =
                    "Blocks first, then destroys (152-FZ art. 21). Orders stay and are nobody's. Repeat it until it answers: what is "
                            + "destroyed already is left alone, and categories is empty then. customer.erased follows on the feed.")
    public Uni<ErasureView> erase(@RestPath UUID customerId) {
        return erasures.erase(customerId, caller.getSubject());
    }

    @PUT
    @Path("block")
    @Accesses(value = AccessAction.CHANGE, purpose = "blocking")
    @Operation(
            operationId = "blockPersonalData",
            summary = "Block a person's data",
            description =
                    "For the time of a check (152-FZ art. 21): stored, but absent from lists, searches and addresses; the feed says so "
                            + "as customer.changed with blocked. Harmless where they are blocked already.")
    @APIResponse(responseCode = "204", description = "Blocked")
    public Uni<Void> block(@RestPath UUID customerId) {
        return erasures.block(customerId);
    }

    @DELETE
    @Path("block")
    @Accesses(value = AccessAction.CHANGE, purpose = "blocking")
    @Operation(
            operationId = "unblockPersonalData",
            summary = "Unblock a person's data",
            description = "Harmless where they are not blocked.")
    @APIResponse(responseCode = "204", description = "Not blocked any more")
    public Uni<Void> unblock(@RestPath UUID customerId) {
        return erasures.unblock(customerId);
    }
}
