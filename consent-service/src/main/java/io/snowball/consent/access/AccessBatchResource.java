package io.snowball.consent.access;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.access.AccessApi.AccessBatch;
import io.snowball.platform.access.NoPersonalData;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/access-batches")
@Tag(name = "For siblings")
@RolesAllowed(Roles.SERVICE)
class AccessBatchResource {
    private final AccessJournal journal;

    AccessBatchResource(AccessJournal journal) {
        this.journal = journal;
    }

    @POST
    @NoPersonalData("These are the records of accesses themselves")
    @Operation(
            operationId = "takeAccessRecords",
            summary = "Take over what a service recorded",
            description = "For sibling services only. What came before already is passed over.")
    @APIResponse(responseCode = "204", description = "Taken over")
    public Uni<Void> take(@Valid @NotNull AccessBatch body) {
        return journal.take(body.source(), body.records());
    }
}
