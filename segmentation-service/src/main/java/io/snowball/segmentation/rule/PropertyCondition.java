package io.snowball.segmentation.rule;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.DiscriminatorMapping;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.jspecify.annotations.Nullable;

/** What a property of an event must be. By the types that customer-service declares; texts may be personal and never come here. */
@Schema(
        name = "EventPropertyCondition",
        description =
                "A property of an event, by the type that event-types declares for it. An event without the property, or with one of "
                        + "another type, does not fit. Properties of type TEXT can't be asked for: they may be personal, and stay where they are.",
        oneOf = {
            PropertyCondition.Code.class,
            PropertyCondition.Numeric.class,
            PropertyCondition.Flag.class,
            PropertyCondition.Time.class
        },
        discriminatorProperty = "type",
        discriminatorMapping = {
            @DiscriminatorMapping(value = "CODE", schema = PropertyCondition.Code.class),
            @DiscriminatorMapping(value = "NUMBER", schema = PropertyCondition.Numeric.class),
            @DiscriminatorMapping(value = "BOOLEAN", schema = PropertyCondition.Flag.class),
            @DiscriminatorMapping(value = "TIME", schema = PropertyCondition.Time.class)
        })
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "CODE", value = PropertyCondition.Code.class),
    @JsonSubTypes.Type(name = "NUMBER", value = PropertyCondition.Numeric.class),
    @JsonSubTypes.Type(name = "BOOLEAN", value = PropertyCondition.Flag.class),
    @JsonSubTypes.Type(name = "TIME", value = PropertyCondition.Time.class)
})
public sealed interface PropertyCondition {
    String property();

    @Schema(
            name = "CodePropertyCondition",
            description = "Is one of these",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "CODE"))
    @RegisterForReflection
    record Code(
            @Schema(examples = "category") @NotNull String property,

            @Schema(examples = "[\"shoes\"]") @NotNull List<String> in)
            implements PropertyCondition {}

    @Schema(
            name = "NumberPropertyCondition",
            description = "Compared with a value",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "NUMBER"))
    @RegisterForReflection
    record Numeric(
            @Schema(examples = "price") @NotNull String property,

            @NotNull Comparison op,

            @Schema(examples = "990.50", description = "At most 15 digits before the point and 6 after it") @NotNull
            BigDecimal value)
            implements PropertyCondition {}

    @Schema(
            name = "BooleanPropertyCondition",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "BOOLEAN"))
    @RegisterForReflection
    record Flag(
            @Schema(examples = "firstVisit") @NotNull String property,

            @NotNull Boolean is) implements PropertyCondition {}

    @Schema(
            name = "TimePropertyCondition",
            description = "At least one bound; all that are given must hold. A date is its midnight in UTC",
            requiredProperties = "type",
            properties = @SchemaProperty(name = "type", type = SchemaType.STRING, enumeration = "TIME"))
    @RegisterForReflection
    record Time(
            @Schema(examples = "startsAt") @NotNull String property,

            @Schema(description = "At this time or after it") @Nullable
            Instant from,

            @Schema(description = "Before this time") @Nullable
            Instant before)
            implements PropertyCondition {}
}
