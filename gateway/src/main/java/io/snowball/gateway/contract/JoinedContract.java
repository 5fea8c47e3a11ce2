package io.snowball.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.gateway.publiclink.PublicLinks;
import io.snowball.gateway.route.Routes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Joins the services' contracts; finds everything that does not fit before it fails. */
final class JoinedContract {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final String BEARER = "bearer";
    private static final String COMPONENTS = "#/components/";
    private static final String JWKS = "/.well-known/jwks.json";

    private final Map<String, JsonNode> contracts;
    private final ObjectNode paths = JSON.objectNode();
    private final Map<String, Map<String, JsonNode>> components = new TreeMap<>();
    private final Map<String, String> componentOwners = new HashMap<>();
    private final Map<String, String> operationOwners = new HashMap<>();
    private final Map<String, ObjectNode> tags = new LinkedHashMap<>();
    private final Map<String, Set<String>> tagGroups = new LinkedHashMap<>();
    private final Set<String> faults = new LinkedHashSet<>();

    private JoinedContract(Map<String, JsonNode> contracts) {
        this.contracts = contracts;
    }

    /** @param contracts the document of each service, by its name */
    static ObjectNode of(Map<String, JsonNode> contracts) {
        return new JoinedContract(contracts).join();
    }

    static boolean isRouted(String service, String path) {
        return Routes.service(path)
                        .or(() -> PublicLinks.service(path))
                        .filter(service::equals)
                        .isPresent()
                || (service.equals(Routes.OWN) && path.equals(JWKS));
    }

    private ObjectNode join() {
        contracts.forEach((service, contract) -> contract.path("paths").properties().stream()
                .filter(path -> isRouted(service, path.getKey()))
                .forEach(path -> add(service, contract, path.getKey(), path.getValue())));
        if (!faults.isEmpty()) {
            throw new IllegalStateException("The contracts can't be joined:\n" + String.join("\n", faults));
        }
        return document();
    }

    private void add(String service, JsonNode contract, String path, JsonNode item) {
        ObjectNode joined = item.deepCopy();
        joined.properties().stream()
                .filter(field -> METHODS.contains(field.getKey()))
                .forEach(field -> operation(service, contract, path, field.getKey(), (ObjectNode) field.getValue()));
        paths.set(path, joined);
        collect(service, contract, joined);
    }

    private void operation(String service, JsonNode contract, String path, String method, ObjectNode operation) {
        String id = operation.path("operationId").asText();
        String here = service + " " + method.toUpperCase(java.util.Locale.ROOT) + " " + path;
        if (id.isEmpty()) {
            faults.add(here + " has no operationId");
        } else if (operationOwners.putIfAbsent(id, here) != null) {
            faults.add("operationId " + id + " is used by " + operationOwners.get(id) + " and by " + here);
        }
        secure(service, path, operation);
        for (JsonNode tag : operation.path("tags")) {
            tagGroups.computeIfAbsent(service, _ -> new LinkedHashSet<>()).add(tag.asText());
            tags.computeIfAbsent(tag.asText(), name -> tag(contract, name));
        }
    }

    /** One scheme for all, at the top; what needs no token says so. */
    private static void secure(String service, String path, ObjectNode operation) {
        JsonNode own = operation.remove("security");
        boolean open =
                own != null && (own.isEmpty() || (own.size() == 1 && own.get(0).isEmpty()));
        if (PublicLinks.service(path).isPresent() || (service.equals(Routes.OWN) && open)) {
            operation.set("security", JSON.arrayNode());
        }
    }

    private static ObjectNode tag(JsonNode contract, String name) {
        for (JsonNode tag : contract.path("tags")) {
            if (tag.path("name").asText().equals(name)) {
                return tag.deepCopy();
            }
        }
        return JSON.objectNode().put("name", name);
    }

    /** Takes along what the node refers to, and what that refers to. */
    private void collect(String service, JsonNode contract, JsonNode node) {
        JsonNode reference = node.path("$ref");
        if (reference.isTextual() && reference.asText().startsWith(COMPONENTS)) {
            component(service, contract, reference.asText());
        }
        for (JsonNode child : node) {
            collect(service, contract, child);
        }
    }

    private void component(String service, JsonNode contract, String reference) {
        String[] steps = reference.substring(COMPONENTS.length()).split("/", 2);
        JsonNode content = contract.at(reference.substring(1));
        if (content.isMissingNode()) {
            faults.add(service + " refers to " + reference + ", which it does not have");
            return;
        }
        Map<String, JsonNode> section = components.computeIfAbsent(steps[0], _ -> new TreeMap<>());
        JsonNode known = section.putIfAbsent(steps[1], content);
        if (known == null) {
            componentOwners.put(reference, service);
            collect(service, contract, content);
        } else if (!known.equals(content)) {
            faults.add(reference + " is one thing in " + componentOwners.get(reference) + " and another in " + service
                    + ": rename one of them");
        }
    }

    private ObjectNode document() {
        ObjectNode document = JSON.objectNode().put("openapi", "3.0.3");
        document.putObject("info")
                .put("title", "Snowball")
                .put("version", "1")
                .put(
                        "description",
                        "Everything that goes through the door. Sign in by createSession and send the token with every other"
                                + " request. Errors are RFC 9457 problems; lists go on by nextCursor; a POST that is repeated"
                                + " with the same Idempotency-Key takes effect once.");
        document.putArray("servers").addObject().put("url", "/");
        document.putArray("security").addObject().putArray(BEARER);
        document.putArray("tags").addAll(tags.values());
        var groups = document.putArray("x-tagGroups");
        tagGroups.forEach((service, names) -> {
            ObjectNode group = groups.addObject().put("name", service);
            names.forEach(group.putArray("tags")::add);
        });
        document.set("paths", paths);
        ObjectNode joined = document.putObject("components");
        components.forEach((section, entries) -> joined.putObject(section).setAll(entries));
        joined.putObject("securitySchemes")
                .putObject(BEARER)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT");
        return document;
    }
}
