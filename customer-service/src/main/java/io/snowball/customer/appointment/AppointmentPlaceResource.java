package io.snowball.customer.appointment;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.appointment.AppointmentApi.AppointmentPlace;
import io.snowball.customer.appointment.AppointmentApi.AppointmentPlaceList;
import io.snowball.customer.appointment.AppointmentApi.AppointmentPlaceRequest;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/appointment-places")
@Produces("application/json")
@Tag(name = "For siblings")
@RolesAllowed(Roles.SERVICE)
class AppointmentPlaceResource {
    private final Appointments appointments;

    AppointmentPlaceResource(Appointments appointments) {
        this.appointments = appointments;
    }

    @POST
    @Accesses(value = AccessAction.READ, purpose = "reminder")
    @Operation(
            operationId = "listAppointmentPlaces",
            summary = "Where these meetings are",
            description =
                    "For reminders at hand-over, for sibling services only: 1 to 1000 ids. What is over, cancelled or of a customer whose "
                            + "data are blocked is absent: send no reminder. Keep the answer in memory and nowhere else.")
    public Uni<AppointmentPlaceList> list(@Valid @NotNull AppointmentPlaceRequest body) {
        return appointments
                .places(body.appointmentIds())
                .map(found -> new AppointmentPlaceList(
                        found.stream().map(AppointmentPlace::of).toList()));
    }
}
