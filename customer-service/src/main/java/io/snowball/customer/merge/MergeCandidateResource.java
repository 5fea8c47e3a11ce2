package io.snowball.customer.merge;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.identity.CandidateState;
import io.snowball.customer.identity.Candidates;
import io.snowball.customer.merge.MergeApi.MergeCandidatePage;
import io.snowball.customer.merge.MergeApi.MergeCandidateView;
import io.snowball.customer.merge.MergeApi.MergeDecision;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
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
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/merge-candidates")
@Produces("application/json")
@Tag(name = "Merges")
@RolesAllowed({Roles.ADMIN, Roles.SALES})
class MergeCandidateResource {
    private final Candidates candidates;
    private final Reviews reviews;
    private final JsonWebToken caller;

    MergeCandidateResource(Candidates candidates, Reviews reviews, JsonWebToken caller) {
        this.candidates = candidates;
        this.reviews = reviews;
        this.caller = caller;
    }

    @GET
    @Accesses(value = AccessAction.READ, purpose = "merging")
    @Operation(
            operationId = "listMergeCandidates",
            summary = "List pairs of customers who may be one person, newest first",
            description =
                    "A phone may be a family's, so the same phone never merges two by itself: somebody decides here.")
    public Uni<MergeCandidatePage> list(
            @RestQuery @DefaultValue("OPEN") CandidateState state,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return candidates.list(state, cursor, limit).map(MergeCandidatePage::of);
    }

    @POST
    @Path("{id}/decisions")
    @Accesses(value = AccessAction.CHANGE, purpose = "merging")
    @Operation(
            operationId = "decideMergeCandidate",
            summary = "Decide whether two customers are one person",
            description =
                    "MERGE merges them, as createMerge does. DIFFERENT_PEOPLE leaves both as they are and is not asked "
                            + "again for this reason.")
    @APIResponse(
            responseCode = "200",
            description = "Decided",
            content = @Content(schema = @Schema(implementation = MergeCandidateView.class)))
    public Uni<MergeCandidateView> decide(@RestPath UUID id, @Valid @NotNull MergeDecision body) {
        return reviews.decide(id, body, caller.getSubject()).map(MergeCandidateView::of);
    }
}
