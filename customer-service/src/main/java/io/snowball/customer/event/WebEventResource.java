package io.snowball.customer.event;

import io.snowball.platform.access.NoPersonalData;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.event.EventApi.EventData;
import io.snowball.customer.event.EventApi.WebEvents;
import io.snowball.platform.problem.CommonProblem;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Where the script on the shop's pages sends to; anybody else may too, so it takes little and tells nothing. */
@Path("/w/events")
@Tag(name = "Public links")
@PermitAll
@NoPersonalData("Views of pages, of visitors whom only the shop can name; they are kept as events")
class WebEventResource {
    private final Events events;
    private final ObjectMapper json;
    private final Validator validator;

    WebEventResource(Events events, ObjectMapper json, Validator validator) {
        this.events = events;
        this.json = json;
        this.validator = validator;
    }

    @POST
    // A type with which a browser asks no leave of another origin first; the content is JSON.
    @Consumes("text/plain")
    @Operation(
            operationId = "sendWebEvents",
            summary = "Take what a web page saw",
            description =
                    "1 to 20 events of types that web pages may send, as JSON. What is wrong with one is not told.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "text/plain", schema = @Schema(implementation = WebEvents.class)))
    @APIResponse(responseCode = "204", description = "Taken")
    public Uni<RestResponse<Void>> send(String body) {
        WebEvents sent = parse(body);
        List<EventData> items = sent.events().stream()
                // The visitor's own ids: nobody can take those of another, or of the shop, away.
                .map(event -> new EventData(
                        sent.visitorId() + "/" + event.id(),
                        event.type(),
                        event.occurredAt(),
                        null,
                        null,
                        sent.visitorId(),
                        event.properties()))
                .toList();
        return events.recordFromWeb(items).replaceWith(RestResponse.noContent());
    }

    private WebEvents parse(String body) {
        try {
            WebEvents sent = json.readValue(body, WebEvents.class);
            if (sent == null) {
                throw CommonProblem.INVALID_REQUEST.with("Send JSON");
            }
            var violations = validator.validate(sent);
            if (!violations.isEmpty()) {
                throw new ConstraintViolationException(violations);
            }
            return sent;
        } catch (JsonProcessingException _) {
            throw CommonProblem.INVALID_REQUEST.with("Send JSON with visitorId and events");
        }
    }
}
