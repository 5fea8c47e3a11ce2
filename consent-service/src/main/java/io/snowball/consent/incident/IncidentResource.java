package io.snowball.consent.incident;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.incident.IncidentApi.CountIncident;
import io.snowball.consent.incident.IncidentApi.IncidentList;
import io.snowball.consent.incident.IncidentApi.IncidentResult;
import io.snowball.consent.incident.IncidentApi.IncidentSent;
import io.snowball.consent.incident.IncidentApi.IncidentView;
import io.snowball.consent.incident.IncidentApi.ReportIncident;
import io.snowball.platform.access.NoPersonalData;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/incidents")
@Produces("application/json")
@RolesAllowed({Roles.ADMIN, Roles.DPO})
@Tag(name = "Incidents", description = "Leaks, with the clocks of 24 and 72 hours")
@NoPersonalData("Counts and descriptions; no person is named")
class IncidentResource {
    private final Incidents incidents;
    private final JsonWebToken caller;
    private final IncidentCounts counts;

    IncidentResource(Incidents incidents, JsonWebToken caller, IncidentCounts counts) {
        this.counts = counts;
        this.incidents = incidents;
        this.caller = caller;
    }

    @POST
    @Operation(operationId = "reportIncident", summary = "Report an incident", description = """
                    Starts the clocks of 152-FZ art. 21 p. 3.1: hours of real time, weekends included. The class of the fine follows from \
                    the counts (KoAP 13.11 p. 12 to 14).""")
    @APIResponse(
            responseCode = "201",
            description = "Reported",
            content = @Content(schema = @Schema(implementation = IncidentView.class)))
    public Uni<RestResponse<IncidentView>> report(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull ReportIncident body) {
        return incidents.report(key, body, caller.getSubject());
    }

    @GET
    @Operation(
            operationId = "listIncidents",
            summary = "Incidents, newest first",
            description = "The last 200 of them.")
    public Uni<IncidentList> list() {
        return incidents.list();
    }

    @GET
    @Path("{id}")
    @Operation(
            operationId = "getIncident",
            summary = "Read one incident",
            description = "With its clocks and the class of its fine.")
    public Uni<IncidentView> get(@RestPath UUID id) {
        return incidents.get(id);
    }

    @POST
    @Path("{id}/notices")
    @Operation(
            operationId = "recordIncidentNotice",
            summary = "Record that the first notice was sent",
            description = "With the number that the portal of Roskomnadzor gave. Stops the first clock.")
    public Uni<IncidentView> notice(@RestPath UUID id, @Valid @NotNull IncidentSent body) {
        return incidents.noticeSent(id, body);
    }

    @POST
    @Path("{id}/results")
    @Operation(
            operationId = "recordIncidentResult",
            summary = "Record that the result of the investigation was sent",
            description = "After the first notice. Stops the second clock.")
    public Uni<IncidentView> result(@RestPath UUID id, @Valid @NotNull IncidentResult body) {
        return incidents.resultSent(id, body);
    }

    @POST
    @Path("{id}/counts")
    @Operation(
            operationId = "countIncident",
            summary = "Count people and identifiers from the access log",
            description =
                    "Whose data were handed out in that time, by that user, to that address. Takes the place of what was entered, and the class of the fine follows.")
    public Uni<IncidentView> count(@RestPath UUID id, @Valid @NotNull CountIncident body) {
        return counts.count(id, body);
    }

    @GET
    @Path("{id}/notice/pdf")
    @Produces("application/pdf")
    @Operation(
            operationId = "getIncidentNoticePdf",
            summary = "The first notice",
            description = "The form of order 187, as PDF.")
    @APIResponse(
            responseCode = "200",
            description = "The notice",
            content =
                    @Content(
                            mediaType = "application/pdf",
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Uni<byte[]> noticePdf(@RestPath UUID id) {
        return incidents.notice(id).map(printed -> printed.pdf().getBytes());
    }

    @GET
    @Path("{id}/notice/html")
    @Produces("text/html")
    @Operation(
            operationId = "getIncidentNoticeHtml",
            summary = "The first notice as HTML",
            description = "To copy into the portal.")
    @APIResponse(
            responseCode = "200",
            description = "The notice",
            content = @Content(mediaType = "text/html", schema = @Schema(type = SchemaType.STRING)))
    public Uni<String> noticeHtml(@RestPath UUID id) {
        return incidents.notice(id).map(printed -> printed.html());
    }

    @GET
    @Path("{id}/result/pdf")
    @Produces("application/pdf")
    @Operation(
            operationId = "getIncidentResultPdf",
            summary = "The result",
            description = "The form of order 187, as PDF.")
    @APIResponse(
            responseCode = "200",
            description = "The result",
            content =
                    @Content(
                            mediaType = "application/pdf",
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Uni<byte[]> resultPdf(@RestPath UUID id) {
        return incidents.result(id).map(printed -> printed.pdf().getBytes());
    }
}
