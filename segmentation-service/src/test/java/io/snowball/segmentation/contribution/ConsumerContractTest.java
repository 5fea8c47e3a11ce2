package io.snowball.segmentation.contribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The campaign service still promises what our client uses: a change over there turns this red here. */
class ConsumerContractTest {
    @Test
    void campaignTellsOfCampaignsAndTheirReports() throws IOException {
        JsonNode contract = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("..", "campaign-service", "contract", "campaign.yaml")
                        .toFile());
        JsonNode list = contract.path("paths").path("/api/v1/campaigns").path("get");
        assertThat(list.path("parameters").findValuesAsText("name")).contains("cursor", "limit");
        JsonNode page = answer(contract, list);
        assertThat(fields(page)).contains("items", "nextCursor");
        JsonNode item = resolve(contract, page.path("properties").path("items").path("items"));
        assertThat(fields(item)).contains("id", "name", "channel", "launchedAt");
        JsonNode one = contract.path("paths").path("/api/v1/campaigns/{id}").path("get");
        assertThat(fields(answer(contract, one))).contains("id", "name", "channel", "launchedAt");
        JsonNode report =
                contract.path("paths").path("/api/v1/campaigns/{id}/report").path("get");
        assertThat(fields(answer(contract, report)))
                .contains("cost", "incrementalRevenue", "incrementalRevenueLow", "incrementalRevenueHigh");
    }

    private static JsonNode answer(JsonNode contract, JsonNode operation) {
        return resolve(
                contract,
                operation
                        .path("responses")
                        .path("200")
                        .path("content")
                        .path("application/json")
                        .path("schema"));
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
