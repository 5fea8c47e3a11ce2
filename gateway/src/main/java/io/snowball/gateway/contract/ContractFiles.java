package io.snowball.gateway.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The contracts as YAML: read from the class path, where the build puts a copy of each. */
final class ContractFiles {
    /** In the order of the joined document: as a customer's way through the system goes. */
    static final List<String> SERVICES = List.of("gateway", "customer", "segmentation", "consent", "campaign");

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build());

    private ContractFiles() {}

    static Map<String, JsonNode> onClassPath() {
        Map<String, JsonNode> contracts = new LinkedHashMap<>();
        for (String service : SERVICES) {
            String name = "/contracts/" + service + ".yaml";
            try (InputStream file = ContractFiles.class.getResourceAsStream(name)) {
                if (file != null) {
                    contracts.put(service, read(file));
                }
            } catch (IOException failure) {
                throw new UncheckedIOException("The contract " + name + " can't be read", failure);
            }
        }
        return contracts;
    }

    static JsonNode read(InputStream yaml) throws IOException {
        return YAML.readTree(yaml);
    }

    static String write(JsonNode document) {
        try {
            return YAML.writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A tree is always YAML", impossible);
        }
    }
}
