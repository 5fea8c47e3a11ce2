package io.snowball.customer.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A declared kind of event.
 *
 * @param retentionDays after which its events are deleted
 * @param fromWeb whether a web page, which anybody can pretend to be, may send it
 */
record EventType(String name, List<Field> fields, int retentionDays, boolean fromWeb, boolean builtIn) {

    record Field(String name, FieldType type, boolean required) {}

    /**
     * The properties of one event, apart.
     *
     * @param facts what siblings may know
     * @param texts what may be personal
     */
    record Properties(ObjectNode facts, ObjectNode texts) {}

    /** @throws IllegalArgumentException with a sentence for the sender, without values */
    Properties check(@Nullable JsonNode sent) {
        Properties properties =
                new Properties(JsonNodeFactory.instance.objectNode(), JsonNodeFactory.instance.objectNode());
        if (sent != null && !sent.isNull() && !sent.isObject()) {
            throw new IllegalArgumentException("properties must be an object");
        }
        int known = 0;
        for (Field field : fields) {
            JsonNode value = sent == null ? null : sent.get(field.name());
            if (value == null || value.isNull()) {
                if (field.required()) {
                    throw new IllegalArgumentException("property " + field.name() + " is required");
                }
            } else if (!field.type().fits(value)) {
                throw new IllegalArgumentException(
                        "property " + field.name() + " must be a " + field.type() + " of decent length");
            } else {
                (field.type() == FieldType.TEXT ? properties.texts() : properties.facts()).set(field.name(), value);
            }
            known += value == null ? 0 : 1;
        }
        if (sent != null && sent.size() > known) {
            throw new IllegalArgumentException("there is a property that the type does not declare");
        }
        return properties;
    }

    /** Stored events keep their meaning: a field may be added or no longer asked for, but not become something else. */
    boolean canBecome(List<Field> next) {
        Map<String, FieldType> types =
                next.stream().collect(java.util.stream.Collectors.toMap(Field::name, Field::type));
        return fields.stream().allMatch(field -> field.type() == types.getOrDefault(field.name(), field.type()));
    }
}
