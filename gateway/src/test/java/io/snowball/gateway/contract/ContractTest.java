package io.snowball.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.snowball.gateway.Door;
import io.snowball.gateway.Door.Person;
import io.snowball.gateway.Siblings;
import io.snowball.platform.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contracts as they are committed: what is joined is what the door does. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(Siblings.class)
class ContractTest {
    private static final Path JOINED = Path.of("contract", "snowball.yaml");

    @Test
    void isWrittenForTheRepository() throws IOException {
        String yaml = ContractFiles.write(JoinedContract.of(committed()));
        // Rewritten by the build like every contract; that it is committed so is checked where the build runs for all.
        Files.writeString(JOINED, yaml);
        assertThat(yaml).contains("/api/v1/sessions");
    }

    @Test
    void isServedToEverybodyAsYamlAndAsJson() {
        Door.anonymous()
                .get("/api/v1/openapi")
                .then()
                .statusCode(200)
                .contentType("application/yaml")
                .body(startsWith("openapi: 3.0.3"));
        Door.anonymous()
                .accept("application/json")
                .get("/api/v1/openapi")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("info.title", equalTo("Snowball"))
                .body("paths.'/api/v1/sessions'.post.operationId", equalTo("createSession"));
    }

    @Test
    void isShownBySwaggerUi() {
        RestAssured.get("/q/swagger-ui/")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("'unsafe-inline'"))
                .body(containsString("/api/v1/openapi"));
    }

    /** 404 is the door's own word for what is not routed; the siblings of these tests answer everything else. */
    @Test
    void promisesNoPathThatLeadsNowhere() throws IOException {
        Person admin = Door.admin();
        for (Map.Entry<String, JsonNode> contract : committed().entrySet()) {
            if (contract.getKey().equals("gateway")) {
                continue;
            }
            contract.getValue().path("paths").fieldNames().forEachRemaining(template -> {
                String path = template.replaceAll("\\{[^/]+}", "00000000-0000-7000-8000-000000000001");
                int status = admin.request().head(path).statusCode();
                if (JoinedContract.isRouted(contract.getKey(), template)) {
                    assertThat(status).as(template).isIn(200, 503);
                } else {
                    assertThat(status).as(template).isIn(401, 404);
                }
            });
        }
    }

    /** Who reads only the contract can call everything. */
    @Test
    void describesEachOperationAndShowsWhatGoesInAndOut() throws IOException {
        JsonNode contract = JoinedContract.of(committed());
        List<String> faults = new ArrayList<>();
        contract.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> new Explained(contract, operation.getKey() + " " + path.getKey(), faults)
                                .check(operation.getValue())));
        assertThat(faults).isEmpty();
    }

    private static Map<String, JsonNode> committed() throws IOException {
        Map<String, JsonNode> contracts = new LinkedHashMap<>();
        for (String service : ContractFiles.SERVICES) {
            Path file = service.equals("gateway")
                    ? Path.of("contract", "gateway.yaml")
                    : Path.of("..", service + "-service", "contract", service + ".yaml");
            if (Files.exists(file)) {
                try (InputStream yaml = Files.newInputStream(file)) {
                    contracts.put(service, ContractFiles.read(yaml));
                }
            }
        }
        return contracts;
    }
}
