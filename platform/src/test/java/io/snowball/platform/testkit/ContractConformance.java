package io.snowball.platform.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.oas.OpenApi30;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Fails a test whose answer is not in the committed contract: its path, status, media type or body. It hangs on every request
 * that {@link TestTokens} makes, so the contract can't promise what the service does not keep.
 */
public final class ContractConformance implements Filter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static @Nullable ContractConformance instance;

    private final Path file;
    private final JsonNode contract;
    private final JsonSchemaFactory schemas;
    private final Map<String, JsonSchema> compiled = new ConcurrentHashMap<>();

    private ContractConformance(Path file) throws IOException {
        this.file = file.toAbsolutePath();
        this.contract = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
        this.schemas = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V4,
                builder -> builder.metaSchema(OpenApi30.getInstance())
                        .defaultMetaSchemaIri(OpenApi30.getInstance().getIri()));
    }

    public static synchronized ContractConformance filter() {
        try {
            if (instance == null) {
                var config = ConfigProvider.getConfig();
                Path folder = Path.of(config.getValue("quarkus.smallrye-openapi.store-schema-directory", String.class));
                instance = new ContractConformance(
                        folder.resolve(config.getValue("snowball.service", String.class) + ".yaml"));
            }
            return instance;
        } catch (IOException failure) {
            throw new UncheckedIOException("The contract has not been written; build the module first", failure);
        }
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification spec, FilterContext context) {
        Response response = context.next(request, spec);
        check(request.getMethod(), URI.create(request.getURI()).getPath(), response);
        return response;
    }

    private void check(String method, String path, Response response) {
        Optional<Map.Entry<String, JsonNode>> route = route(method, path);
        if (route.isEmpty()) {
            // What no route serves must at least be refused as such.
            if (response.statusCode() < 400) {
                throw new AssertionError(
                        method + " " + path + " answers " + response.statusCode() + " but is not in the contract");
            }
            return;
        }
        String operation = method.toLowerCase(java.util.Locale.ROOT);
        JsonNode responses = route.get().getValue().path(operation).path("responses");
        String status = String.valueOf(response.statusCode());
        String declared = responses.has(status) ? status : "default";
        if (response.statusCode() < 400 && !responses.has(status)) {
            throw new AssertionError(method + " " + path + " answers " + status + ", which the contract does not list");
        }
        JsonNode content = responses.path(declared).path("content");
        if (content.isMissingNode() || content.isEmpty()) {
            if (!response.asString().isEmpty()) {
                throw new AssertionError(method + " " + path + " answers a body that the contract does not describe");
            }
            return;
        }
        String mediaType = response.contentType().split(";")[0];
        if (!content.has(mediaType)) {
            throw new AssertionError(method + " " + path + " " + status + " answers " + mediaType
                    + ", the contract says " + content.fieldNames().next());
        }
        if (mediaType.endsWith("json") && content.path(mediaType).has("schema")) {
            String pointer = String.join(
                    "/",
                    "#/paths",
                    escape(route.get().getKey()),
                    operation,
                    "responses",
                    declared,
                    "content",
                    escape(mediaType),
                    "schema");
            validate(pointer, response.asString());
        }
    }

    private void validate(String pointer, String body) {
        JsonSchema schema = compiled.computeIfAbsent(
                pointer,
                key -> schemas.getSchema(
                        SchemaLocation.of(file.toUri() + key),
                        SchemaValidatorsConfig.builder().build()));
        try {
            Set<ValidationMessage> faults = schema.validate(JSON.readTree(body));
            if (!faults.isEmpty()) {
                throw new AssertionError("The answer breaks the contract at " + pointer + ": " + faults);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The template that fits the path with the fewest parameters, as a router would choose. */
    private Optional<Map.Entry<String, JsonNode>> route(String method, String path) {
        return contract.path("paths").properties().stream()
                .filter(entry -> entry.getValue().has(method.toLowerCase(java.util.Locale.ROOT)))
                .filter(entry -> path.matches(entry.getKey().replaceAll("\\{[^/]+}", "[^/]+")))
                .min(java.util.Comparator.comparingLong(
                        entry -> entry.getKey().chars().filter(c -> c == '{').count()));
    }

    private static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
    }
}
