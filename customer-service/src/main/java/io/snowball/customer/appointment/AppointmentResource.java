package io.snowball.customer.appointment;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.EntityTags;
import io.snowball.customer.PersonalDataRight;
import io.snowball.customer.appointment.AppointmentApi.AppointmentData;
import io.snowball.customer.appointment.AppointmentApi.AppointmentPage;
import io.snowball.customer.appointment.AppointmentApi.AppointmentStep;
import io.snowball.customer.appointment.AppointmentApi.AppointmentView;
import io.snowball.customer.appointment.AppointmentApi.CreateAppointment;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/appointments")
@Produces("application/json")
@Tag(name = "Appointments")
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.SERVICE})
class AppointmentResource {
    private final Appointments appointments;
    private final Idempotency idempotency;
    private final SecurityIdentity caller;

    AppointmentResource(Appointments appointments, Idempotency idempotency, SecurityIdentity caller) {
        this.appointments = appointments;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.SALES})
    @Accesses(value = AccessAction.CHANGE, purpose = "appointments")
    @Operation(
            operationId = "createAppointment",
            summary = "Plan a meeting with a client or a candidate",
            description =
                    "With an address, a link or both; appointment.changed follows on the feed, without them. 409 where the customer's "
                            + "data are blocked.")
    @APIResponse(
            responseCode = "201",
            description = "Planned",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = AppointmentView.class)))
    public Uni<RestResponse<AppointmentView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CreateAppointment body) {
        return idempotency.once(
                "createAppointment",
                key,
                body,
                AppointmentView.class,
                tx -> appointments
                        .create(tx, body)
                        .map(made ->
                                Reply.created("/api/v1/appointments/" + made.id(), AppointmentView.of(made, true))));
    }

    @GET
    @Accesses(value = AccessAction.READ, purpose = "appointments")
    @Operation(
            operationId = "listAppointments",
            summary = "List appointments by time",
            description = "Filters may be combined. Without those of customers whose data are blocked.")
    public Uni<AppointmentPage> list(
            @RestQuery @Nullable UUID customerId,
            @RestQuery @Nullable UUID dealId,
            @RestQuery @Nullable @Size(max = 100) String managerId,
            @RestQuery @Nullable AppointmentState state,
            @RestQuery
                    @Parameter(description = "Those that begin then or later", example = "2027-01-14T00:00:00Z")
                    @Nullable
                    Instant from,
            @RestQuery @Parameter(description = "Those that begin before", example = "2027-01-15T00:00:00Z") @Nullable
                    Instant to,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        boolean texts = PersonalDataRight.has(caller);
        var filter = new AppointmentSql.Filter(customerId, dealId, managerId, state, from, to);
        return appointments.list(filter, cursor, limit).map(page -> AppointmentPage.of(page, texts));
    }

    @GET
    @Path("{id}")
    @Accesses(value = AccessAction.READ, purpose = "appointments")
    @Operation(
            operationId = "getAppointment",
            summary = "Read one appointment",
            description = "ETag is the version; send it as If-Match when you change the appointment.")
    @APIResponse(
            responseCode = "200",
            description = "The appointment",
            headers = @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = AppointmentView.class)))
    public Uni<RestResponse<AppointmentView>> get(@RestPath UUID id) {
        boolean texts = PersonalDataRight.has(caller);
        return appointments.get(id).map(found -> EntityTags.tagged(AppointmentView.of(found, texts), found.version()));
    }

    @PUT
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.SALES})
    @Accesses(value = AccessAction.CHANGE, purpose = "appointments")
    @Operation(
            operationId = "replaceAppointment",
            summary = "Change a meeting's time, place or people",
            description =
                    "At another time it is PLANNED again and wants a new confirmation. 409 where it is over or cancelled; 412 where "
                            + "somebody changed it since you read it.")
    public Uni<AppointmentView> replace(
            @RestPath UUID id, @RestHeader("If-Match") @Nullable String version, @Valid @NotNull AppointmentData body) {
        return appointments
                .change(id, EntityTags.required(version), body.toDetails())
                .map(changed -> AppointmentView.of(changed, true));
    }

    @POST
    @Path("{id}/steps")
    @RolesAllowed({Roles.ADMIN, Roles.SALES})
    @Accesses(value = AccessAction.CHANGE, purpose = "appointments")
    @Operation(
            operationId = "stepAppointment",
            summary = "Say what became of a meeting",
            description =
                    "PLANNED and CONFIRMED may become any other state; DONE and MISSED each other; MISSED and CANCELLED are planned "
                            + "anew by PLANNED. Other steps are refused with 409, a stale version with 412.")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(schema = @Schema(implementation = AppointmentView.class)))
    public Uni<AppointmentView> step(
            @RestPath UUID id, @RestHeader("If-Match") @Nullable String version, @Valid @NotNull AppointmentStep body) {
        return appointments
                .step(id, EntityTags.required(version), body.state())
                .map(stepped -> AppointmentView.of(stepped, true));
    }
}
