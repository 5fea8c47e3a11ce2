package io.snowball.segmentation.fact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.segmentation.rule.Rule.AttributeName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is kept of the profile that the feed tells, as rules name it. Tolerant: what can't be kept is left out. */
final class ProfileFacts {
    private static final int TEXT_MAX = 200;
    private static final double NUMBER_MAX = 1e15;

    /** Where customer.changed has them. */
    private static final Map<AttributeName, String> TEXTS = Map.of(
            AttributeName.REGION, "/region",
            AttributeName.PREFERRED_CHANNEL, "/preferredChannel",
            AttributeName.UTM_SOURCE, "/utm/source",
            AttributeName.UTM_MEDIUM, "/utm/medium",
            AttributeName.UTM_CAMPAIGN, "/utm/campaign",
            AttributeName.DEVICE_TYPE, "/device/type",
            AttributeName.BROWSER, "/device/browser",
            AttributeName.OS, "/device/os");

    private ProfileFacts() {}

    /** @return as JSON, null where nothing is known */
    static @Nullable String of(JsonNode data) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        TEXTS.forEach((name, pointer) -> {
            JsonNode value = data.at(pointer);
            if (value.isTextual() && isKept(value)) {
                kept.set(name.name(), value);
            }
        });
        if (data.path("birthYear").isInt()) {
            kept.set("birthYear", data.path("birthYear"));
        }
        ArrayNode years = JsonNodeFactory.instance.arrayNode();
        data.path("childBirthYears").forEach(year -> {
            if (year.isInt()) {
                years.add(year);
            }
        });
        if (!years.isEmpty()) {
            kept.set("childBirthYears", years);
        }
        ObjectNode attributes = flat(data.path("attributes"));
        if (!attributes.isEmpty()) {
            kept.set("attributes", attributes);
        }
        return kept.isEmpty() ? null : kept.toString();
    }

    /** Values that rules can ask for: texts, numbers and flags, none of them large. */
    static ObjectNode flat(JsonNode told) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        told.properties().forEach(property -> {
            if (isKept(property.getKey()) && isKept(property.getValue())) {
                kept.set(property.getKey(), property.getValue());
            }
        });
        return kept;
    }

    private static boolean isKept(JsonNode value) {
        return value.isBoolean()
                || (value.isTextual() && isKept(value.textValue()))
                || (value.isNumber() && Math.abs(value.doubleValue()) < NUMBER_MAX);
    }

    /** jsonb has no NUL. */
    private static boolean isKept(String text) {
        return text.length() <= TEXT_MAX && text.indexOf('\0') < 0;
    }
}
