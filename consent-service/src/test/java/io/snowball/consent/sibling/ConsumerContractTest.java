package io.snowball.consent.sibling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Siblings still promise what we use: a change over there turns this red here. */
class ConsumerContractTest {
    private static final String PERSONAL_DATA = "/api/v1/personal-data/{customerId}";

    private final JsonNode contract = contract("customer");

    @ParameterizedTest
    @CsvSource({
        PERSONAL_DATA + ",       get,    200",
        PERSONAL_DATA + ",       delete, 200",
        PERSONAL_DATA + "/block, put,    204",
        PERSONAL_DATA + "/block, delete, 204"
    })
    void showsDestroysBlocksAndReleases(String path, String method, String status) {
        JsonNode operation = contract.path("paths").path(path).path(method);
        assertThat(operation.isObject()).as("%s %s", method, path).isTrue();
        assertThat(operation.path("responses").has(status))
                .as("answers %s", status)
                .isTrue();
        assertThat(operation.path("parameters").path(0).path("name").asText()).isEqualTo("customerId");
        assertThat(operation.path("parameters")).hasSize(1);
        assertThat(operation.has("requestBody")).isFalse();
    }

    @Test
    void saysWhetherAnythingIsStoredAndWhat() {
        JsonNode view = answer(PERSONAL_DATA, "get");
        assertThat(fields(view)).contains("found", "categories");
        assertThat(required(view)).contains("found");
        JsonNode category = resolve(view.path("properties").path("categories").path("items"));
        assertThat(fields(category)).contains("category", "rows");
    }

    @Test
    void tellsOfPeopleAsWeReadIt() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "architecture.md")))
                .contains("| `customer.merged` | `{mergeId, customerId, mergedCustomerId}`")
                .contains("| `customer.unmerged` | `{mergeId, customerId, mergedCustomerId}`")
                .contains("| `customer.erased` | `{customerId}`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"segmentation", "campaign"})
    void saysWhatIsLeft(String service) {
        JsonNode theirs = contract(service);
        JsonNode question = theirs.at("/paths/~1api~1v1~1personal-data-traces/post");
        JsonNode asked = resolve(theirs, question.at("/requestBody/content/application~1json/schema"));
        assertThat(fields(asked)).containsExactly("customerIds");
        JsonNode view = resolve(theirs, question.at("/responses/200/content/application~1json/schema"));
        assertThat(required(view)).contains("told", "categories");
        JsonNode category = resolve(theirs, view.at("/properties/categories/items"));
        assertThat(required(category)).contains("category", "rows");
    }

    @Test
    void saysWhatItHasDestroyed() {
        JsonNode view = answer(PERSONAL_DATA, "delete");
        assertThat(required(view)).contains("erasedIds", "categories");
        JsonNode category = resolve(view.path("properties").path("categories").path("items"));
        assertThat(required(category)).contains("category", "rows");
    }

    private JsonNode answer(String path, String method) {
        return resolve(contract.path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path("200")
                .path("content")
                .path("application/json")
                .path("schema"));
    }

    private JsonNode resolve(JsonNode node) {
        return resolve(contract, node);
    }

    private static JsonNode resolve(JsonNode contract, JsonNode node) {
        return node.has("$ref") ? contract.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static Set<String> fields(JsonNode schema) {
        Set<String> names = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> required(JsonNode schema) {
        Set<String> names = new TreeSet<>();
        schema.path("required").forEach(name -> names.add(name.asText()));
        return names;
    }

    private static JsonNode contract(String service) {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("..", service + "-service", "contract", service + ".yaml")
                            .toFile());
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
