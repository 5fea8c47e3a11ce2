package io.snowball.consent.control;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.control.ControlApi.SubjectCountList;
import io.snowball.consent.control.ControlApi.SubjectCountView;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/subject-counts")
@Produces("application/json")
@Tag(name = "Internal control")
@RolesAllowed({Roles.ADMIN, Roles.DPO})
class SubjectCountResource {
    private final SubjectCounts counts;

    SubjectCountResource(SubjectCounts counts) {
        this.counts = counts;
    }

    @GET
    @Operation(
            operationId = "listSubjectCounts",
            summary = "How many people's data there are, day by day",
            description = "Against the threshold of decree 1119: NEAR at 80 %, REACHED at 100 %. Counted once a day.")
    public Uni<SubjectCountList> list() {
        return counts.list(200);
    }

    @POST
    @Operation(
            operationId = "countSubjects",
            summary = "Count now",
            description = "As the clock does every day. 503 where customer-service does not answer.")
    public Uni<SubjectCountView> count() {
        return counts.count();
    }
}
