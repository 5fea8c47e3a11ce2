package io.snowball.consent.calendar;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.calendar.CalendarApi.DeadlineView;
import io.snowball.consent.calendar.CalendarApi.LegalTermList;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/api/v1/legal-terms")
@Produces("application/json")
@Tag(name = "Calendar", description = "The production calendar and the terms of the law")
class LegalTermResource {
    private final Calendar calendar;

    LegalTermResource(Calendar calendar) {
        this.calendar = calendar;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Operation(
            operationId = "listLegalTerms",
            summary = "The terms of the law",
            description = "Each with its article and the day since when it holds.")
    public Uni<LegalTermList> list() {
        return calendar.terms();
    }

    @GET
    @Path("{code}/deadline")
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Operation(operationId = "getDeadline", summary = "When a term ends", description = """
                    Day 1 is the day after the event; a term in days or months that ends on a day off ends on the next working day \
                    (Civil Code 191, 193, 194). Where the term reaches into a year whose calendar is missing, 409.""")
    public Uni<DeadlineView> deadline(
            @RestPath TermCode code,
            @RestQuery @NotNull @Parameter(description = "The day of the event", example = "2026-11-20")
                    LocalDate from) {
        return calendar.deadline(code, from);
    }
}
