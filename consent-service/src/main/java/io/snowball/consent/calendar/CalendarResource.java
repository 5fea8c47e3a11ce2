package io.snowball.consent.calendar;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.calendar.CalendarApi.CalendarYearList;
import io.snowball.consent.calendar.CalendarApi.CalendarYearView;
import io.snowball.consent.calendar.CalendarApi.PublishCalendarYear;
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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/calendar-years")
@Produces("application/json")
@Tag(name = "Calendar", description = "The production calendar and the terms of the law")
class CalendarResource {
    private final Calendar calendar;
    private final JsonWebToken caller;

    CalendarResource(Calendar calendar, JsonWebToken caller) {
        this.calendar = calendar;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER, Roles.SERVICE})
    @Operation(
            operationId = "listCalendarYears",
            summary = "The production calendar, by year",
            description = "The latest version of each year.")
    public Uni<CalendarYearList> list() {
        return calendar.years();
    }

    @GET
    @Path("{year}")
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.MARKETER, Roles.SERVICE})
    @Operation(
            operationId = "getCalendarYear",
            summary = "The production calendar of one year",
            description = "Its latest version.")
    public Uni<CalendarYearView> get(@RestPath @Parameter(example = "2026") int year) {
        return calendar.year(year);
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.DPO})
    @Operation(
            operationId = "publishCalendarYear",
            summary = "Add a year, or another version of one",
            description = """
                    Labour Code art. 112 and the Government's act of the year. Terms are counted with the latest version from then on; \
                    what was already due stays due as it was.""")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = CalendarYearView.class)))
    public Uni<RestResponse<CalendarYearView>> publish(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull PublishCalendarYear body) {
        return calendar.publish(key, body, caller.getSubject());
    }
}
