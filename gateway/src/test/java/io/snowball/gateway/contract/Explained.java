package io.snowball.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one operation of a contract leaves unsaid. Enums, booleans and times show by their type what they look like. */
final class Explained {
    private static final Set<String> PLAIN = Set.of("uuid", "date", "date-time");

    private final JsonNode contract;
    private final String name;
    private final List<String> faults;

    Explained(JsonNode contract, String name, List<String> faults) {
        this.contract = contract;
        this.name = name;
        this.faults = faults;
    }

    void check(JsonNode operation) {
        require(operation.path("summary").asText().length() > 0, "has no summary");
        require(operation.path("description").asText().length() > 0, "has no description");
        for (JsonNode reference : operation.path("parameters")) {
            JsonNode parameter = meant(reference);
            require(
                    parameter.has("description") || isShown(parameter),
                    "does not say what " + parameter.path("name").asText() + " is");
        }
        contents(operation.path("requestBody"), "the body");
        operation.path("responses").properties().stream()
                .filter(response -> !response.getKey().startsWith("4"))
                .forEach(response -> contents(response.getValue(), "the answer " + response.getKey()));
    }

    /** Pages, files and forms of pages show themselves. */
    private void contents(JsonNode holder, String what) {
        meant(holder).path("content").properties().stream()
                .filter(content -> content.getKey().endsWith("json")
                        && !content.getValue()
                                .path("schema")
                                .path("type")
                                .asText()
                                .equals("object"))
                .forEach(content -> require(isShown(content.getValue()), "has no example of " + what));
    }

    private boolean isShown(JsonNode holder) {
        return holder.has("example") || holder.has("examples") || isShown(holder.path("schema"), new HashSet<>());
    }

    private boolean isShown(JsonNode schema, Set<String> seen) {
        if (schema.isMissingNode()) {
            return false;
        }
        if (schema.has("$ref")) {
            return seen.add(schema.path("$ref").asText()) && isShown(meant(schema), seen);
        }
        boolean itself = schema.has("example")
                || schema.has("enum")
                || schema.path("type").asText().equals("boolean")
                || PLAIN.contains(schema.path("format").asText());
        if (itself || isShown(schema.path("items"), seen)) {
            return true;
        }
        for (String parts : List.of("properties", "allOf", "oneOf", "anyOf")) {
            for (JsonNode part : schema.path(parts)) {
                if (isShown(part, seen)) {
                    return true;
                }
            }
        }
        return false;
    }

    private JsonNode meant(JsonNode node) {
        return node.has("$ref") ? contract.at(node.path("$ref").asText().substring(1)) : node;
    }

    private void require(boolean said, String otherwise) {
        if (!said) {
            faults.add(name + " " + otherwise);
        }
    }
}
