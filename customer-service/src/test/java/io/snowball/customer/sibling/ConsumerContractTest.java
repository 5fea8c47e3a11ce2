package io.snowball.customer.sibling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The siblings still promise what our clients use: a change over there turns this red here. */
class ConsumerContractTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Test
    void segmentationTellsTheMembersOfASegment() throws IOException {
        JsonNode contract = contract("segmentation");
        JsonNode operation =
                contract.path("paths").path("/api/v1/segments/{id}/members").path("get");
        Set<String> parameters = new TreeSet<>();
        operation
                .path("parameters")
                .forEach(parameter ->
                        parameters.add(resolve(contract, parameter).path("name").asText()));
        assertThat(parameters).contains("after", "limit");
        assertThat(fields(answer(contract, operation))).contains("items", "nextAfter");
    }

    @Test
    void consentDecidesOnCallsToAddresses() throws IOException {
        JsonNode contract = contract("consent");
        JsonNode operation =
                contract.path("paths").path("/api/v1/consent-decisions").path("post");
        JsonNode question = resolve(contract, json(operation.path("requestBody")));
        assertThat(fields(question)).contains("purpose", "channel", "messageClass", "customerIds", "addresses");
        assertThat(values(contract, question, "channel")).contains("CALL");
        assertThat(fields(answer(contract, operation))).contains("decidedAt", "decisions");
        JsonNode item = resolve(
                contract,
                answer(contract, operation).path("properties").path("decisions").path("items"));
        assertThat(fields(item)).contains("customerId", "allowed", "reason", "recordId");
    }

    private static JsonNode contract(String service) throws IOException {
        return YAML.readTree(Path.of("..", service + "-service", "contract", service + ".yaml")
                .toFile());
    }

    /** Of an enum: by reference, alone or with a description beside it. */
    private static Set<String> values(JsonNode contract, JsonNode schema, String field) {
        JsonNode property = schema.path("properties").path(field);
        JsonNode type =
                resolve(contract, property.has("allOf") ? property.path("allOf").path(0) : property);
        Set<String> values = new TreeSet<>();
        type.path("enum").forEach(value -> values.add(value.asText()));
        return values;
    }

    private static JsonNode answer(JsonNode contract, JsonNode operation) {
        return resolve(contract, json(operation.path("responses").path("200")));
    }

    private static JsonNode json(JsonNode body) {
        return body.path("content").path("application/json").path("schema");
    }

    private static Set<String> fields(JsonNode schema) {
        Set<String> names = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode resolve(JsonNode contract, JsonNode node) {
        return node.has("$ref") ? contract.at(node.path("$ref").asText().substring(1)) : node;
    }
}
