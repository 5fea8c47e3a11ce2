package io.snowball.customer.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Events on the wire. */
final class EventApi {
    static final String TYPE_NAME = "[a-z][a-z0-9_]{0,49}";

    private EventApi() {}

    @Schema(name = "EventBatch")
    record EventBatch(@NotEmpty @Size(max = 1000) List<@NotNull @Valid EventData> items) {}

    @Schema(name = "EventData", description = "Give customerId, customerExternalId or visitorId")
    record EventData(
            @Schema(
                    examples = "b7e1c0de-17",
                    description =
                            "Your own id of the event: repeat it with the same id and time, and it is stored once",
                    maxLength = 100)
            @NotNull
            String id,

            @Schema(examples = "product_view") @NotNull String type,

            @NotNull Instant occurredAt,
            @Nullable UUID customerId,

            @Schema(examples = "shop-10042") @Nullable String customerExternalId,

            @Schema(description = "From the cookie snowball_id of a web page") @Nullable
            UUID visitorId,

            @Schema(type = SchemaType.OBJECT, examples = "{\"sku\": \"SKU-1\"}", description = "As the type declares")
            @Nullable
            JsonNode properties) {}

    @Schema(name = "EventBatchResult")
    record EventBatchResult(
            @Schema(description = "In the order of the items sent") @NotNull
            List<EventItemOutcome> items) {}

    @Schema(name = "EventItemOutcome")
    record EventItemOutcome(
            @Schema(examples = "b7e1c0de-17") @NotNull String id,

            @Schema(description = "DUPLICATE: it was stored before") @NotNull
            EventOutcome.Status outcome,

            @Schema(examples = "property sku is required") @Nullable
            String reason) {}

    @RegisterForReflection
    @Schema(name = "WebEvents", description = "What the script on a web page sends")
    record WebEvents(
            @NotNull UUID visitorId,
            @NotEmpty @Size(max = 20) List<@NotNull @Valid WebEvent> events) {}

    @RegisterForReflection
    @Schema(name = "WebEvent")
    record WebEvent(
            @NotNull String id,
            @Schema(examples = "page_view") @NotNull String type,

            @NotNull Instant occurredAt,

            @Schema(type = SchemaType.OBJECT) @Nullable JsonNode properties) {}

    @Schema(name = "EventCountList")
    record EventCountList(
            @Schema(description = "By type") @NotNull List<EventCount> items) {}

    @Schema(name = "EventCount")
    record EventCount(
            @Schema(examples = "support_ticket") @NotNull String type,

            @Schema(examples = "5") @NotNull long count,

            @NotNull Instant lastAt) {}

    @Schema(name = "DeclareEventType")
    record DeclareEventType(
            @NotNull @Size(max = 50) List<@NotNull @Valid EventField> fields,

            @Schema(examples = "365", description = "Events are deleted after so many days") @NotNull @Min(1) @Max(3650)
            Integer retentionDays,

            @Schema(description = "Whether web pages may send it; false, if left out") @Nullable
            Boolean fromWeb) {}

    @Schema(name = "EventField")
    record EventField(
            @Schema(examples = "sku") @NotNull @Pattern(regexp = "[a-zA-Z][a-zA-Z0-9_]{0,49}")
            String name,

            @Schema(
                    description =
                            "CODE: up to 100 letters, digits and . _ : / -; TEXT: up to 2000 characters, the only one that may "
                                    + "say something about a person: it is not told to other services")
            @NotNull
            FieldType type,

            @Schema(description = "false, if left out") @Nullable
            Boolean required) {
        EventType.Field toField() {
            return new EventType.Field(name, type, Boolean.TRUE.equals(required));
        }
    }

    @Schema(name = "EventTypeView")
    record EventTypeView(
            @Schema(examples = "product_view") @NotNull String name,

            @NotNull List<EventField> fields,

            @Schema(examples = "365") @NotNull int retentionDays,

            @NotNull boolean fromWeb,

            @Schema(description = "Came with Snowball") @NotNull
            boolean builtIn) {
        static EventTypeView of(EventType type) {
            return new EventTypeView(
                    type.name(),
                    type.fields().stream()
                            .map(field -> new EventField(field.name(), field.type(), field.required()))
                            .toList(),
                    type.retentionDays(),
                    type.fromWeb(),
                    type.builtIn());
        }
    }

    @Schema(name = "EventTypePage")
    record EventTypePage(
            @NotNull List<EventTypeView> items, @Nullable String nextCursor) {}

    @Schema(name = "EventView")
    record EventView(
            @NotNull UUID id,
            @Schema(examples = "product_view") @NotNull String type,

            @NotNull Instant occurredAt,

            @Schema(
                    type = SchemaType.OBJECT,
                    description = "Without texts for those who have no right to see personal data")
            @NotNull
            JsonNode properties) {}

    @Schema(name = "EventPage")
    record EventPage(
            @NotNull List<EventView> items, @Nullable String nextCursor) {}
}
