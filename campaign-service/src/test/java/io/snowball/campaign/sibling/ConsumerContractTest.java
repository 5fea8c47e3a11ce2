package io.snowball.campaign.sibling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        assertThat(parameters(contract, operation)).contains("after", "limit");
        assertThat(answer(contract, operation)).contains("items", "nextAfter");
    }

    @Test
    void consentDecides() throws IOException {
        JsonNode contract = contract("consent");
        JsonNode operation =
                contract.path("paths").path("/api/v1/consent-decisions").path("post");
        assertThat(question(contract, operation))
                .contains("purpose", "channel", "messageClass", "customerIds", "addresses");
        assertThat(answer(contract, operation)).contains("decidedAt", "decisions");
        JsonNode item = resolve(
                contract,
                answerSchema(contract, operation)
                        .path("properties")
                        .path("decisions")
                        .path("items"));
        assertThat(fields(item)).contains("customerId", "allowed", "reason", "recordId");
    }

    @Test
    void consentTellsTheLinksOfADoubleOptIn() throws IOException {
        JsonNode contract = contract("consent");
        JsonNode operation =
                contract.path("paths").path("/api/v1/confirmation-links").path("post");
        JsonNode asked = resolve(
                contract,
                resolve(contract, json(operation.path("requestBody")))
                        .path("properties")
                        .path("items")
                        .path("items"));
        assertThat(fields(asked)).containsExactlyInAnyOrder("recordId", "address");
        JsonNode item = resolve(
                contract,
                answerSchema(contract, operation)
                        .path("properties")
                        .path("items")
                        .path("items"));
        assertThat(fields(item)).contains("recordId", "link");
    }

    /** No schema says what events hold: the table does, and our handlers read no field that is not in it. */
    @Test
    void siblingsTellOfPeopleAsWeReadIt() throws IOException {
        String table = Files.readString(Path.of("..", "docs", "architecture.md"));
        assertThat(table)
                .contains("| `customer.merged` | `{mergeId, customerId, mergedCustomerId}`")
                .contains("| `customer.unmerged` | `{mergeId, customerId, mergedCustomerId}`")
                .contains("| `customer.erased` | `{customerId}`")
                .contains("| `consent.changed` | `{customerId, recordId, type, purpose, channel, state, at, messageId?")
                .contains("| `contact.stopped` | `{customerId, channel, reason, at}`")
                .contains("| `destruction.ordered` | `{customerId, destructionId, at}`");
    }

    @Test
    void customerTellsAddresses() throws IOException {
        JsonNode contract = contract("customer");
        JsonNode operation = contract.path("paths").path("/api/v1/addresses").path("post");
        assertThat(question(contract, operation)).contains("channel", "customerIds");
        JsonNode item = resolve(
                contract,
                answerSchema(contract, operation)
                        .path("properties")
                        .path("items")
                        .path("items"));
        assertThat(fields(item))
                .containsAll(List.of("customerId", "address", "firstName", "lastName", "timeZone", "language"));
    }

    private static JsonNode contract(String service) throws IOException {
        Path file = Path.of("..", service + "-service", "contract", service + ".yaml");
        assumeTrue(Files.exists(file), "its contract is not there yet");
        return YAML.readTree(file.toFile());
    }

    private static Set<String> parameters(JsonNode contract, JsonNode operation) {
        Set<String> names = new TreeSet<>();
        operation
                .path("parameters")
                .forEach(parameter ->
                        names.add(resolve(contract, parameter).path("name").asText()));
        return names;
    }

    private static Set<String> question(JsonNode contract, JsonNode operation) {
        return fields(resolve(contract, json(operation.path("requestBody"))));
    }

    private static Set<String> answer(JsonNode contract, JsonNode operation) {
        return fields(answerSchema(contract, operation));
    }

    private static JsonNode answerSchema(JsonNode contract, JsonNode operation) {
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
