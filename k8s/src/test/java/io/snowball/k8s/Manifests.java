package io.snowball.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Rendered manifests and questions to them. */
record Manifests(List<JsonNode> all) {

    static Manifests of(String yaml) {
        return new Manifests(Chart.documents(yaml));
    }

    List<JsonNode> ofKind(String kind) {
        return all.stream().filter(m -> m.path("kind").asText().equals(kind)).toList();
    }

    Set<String> names(String kind) {
        return ofKind(kind).stream().map(Manifests::name).collect(Collectors.toSet());
    }

    JsonNode one(String kind, String name) {
        var found = ofKind(kind).stream().filter(m -> name(m).equals(name)).toList();
        if (found.size() != 1) {
            throw new AssertionError("There are " + found.size() + " of " + kind + " " + name + ", not one.");
        }
        return found.getFirst();
    }

    /** Pod templates of Deployments and Jobs. */
    List<JsonNode> podTemplates() {
        return Stream.of("Deployment", "Job")
                .flatMap(kind -> ofKind(kind).stream())
                .map(m -> m.at("/spec/template"))
                .toList();
    }

    static String name(JsonNode manifest) {
        return manifest.at("/metadata/name").asText();
    }

    static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static Map<String, String> strings(JsonNode object) {
        var map = new TreeMap<String, String>();
        object.properties()
                .forEach(field -> map.put(field.getKey(), field.getValue().asText()));
        return map;
    }

    /** Plain variables of the only container. */
    static Map<String, String> environment(JsonNode podTemplate) {
        var map = new TreeMap<String, String>();
        items(podTemplate.at("/spec/containers/0/env"))
                .filter(variable -> variable.has("value"))
                .forEach(variable -> map.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        return map;
    }

    /** Variables that are read from Secrets, as "secret/key". */
    static Map<String, String> secrets(JsonNode podTemplate) {
        var map = new TreeMap<String, String>();
        items(podTemplate.at("/spec/containers/0/env"))
                .filter(variable -> variable.has("valueFrom"))
                .forEach(variable -> {
                    var ref = variable.at("/valueFrom/secretKeyRef");
                    map.put(
                            variable.path("name").asText(),
                            ref.path("name").asText() + "/" + ref.path("key").asText());
                });
        return map;
    }
}
