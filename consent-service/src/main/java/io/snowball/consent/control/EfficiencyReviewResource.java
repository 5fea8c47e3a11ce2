package io.snowball.consent.control;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.control.ControlApi.EfficiencyReviewList;
import io.snowball.consent.control.ControlApi.EfficiencyReviewView;
import io.snowball.consent.control.ControlApi.RecordReview;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/efficiency-reviews")
@Produces("application/json")
@Tag(
        name = "Internal control",
        description = "Who has access, how well data are protected, and how many people's there are")
@RolesAllowed({Roles.ADMIN, Roles.DPO})
class EfficiencyReviewResource {
    private final EfficiencyReviews reviews;
    private final JsonWebToken caller;

    EfficiencyReviewResource(EfficiencyReviews reviews, JsonWebToken caller) {
        this.reviews = reviews;
        this.caller = caller;
    }

    @POST
    @Operation(
            operationId = "recordEfficiencyReview",
            summary = "Record a review of the protection",
            description = "Every three years at least (order 21 of FSTEC, p. 6). A record is never changed.")
    @APIResponse(
            responseCode = "201",
            description = "Recorded",
            content = @Content(schema = @Schema(implementation = EfficiencyReviewView.class)))
    public Uni<RestResponse<EfficiencyReviewView>> record(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull RecordReview body) {
        return reviews.record(key, body, caller.getSubject());
    }

    @GET
    @Operation(
            operationId = "listEfficiencyReviews",
            summary = "The reviews, newest first",
            description = "And whether the next one is overdue.")
    public Uni<EfficiencyReviewList> list() {
        return reviews.list();
    }
}
