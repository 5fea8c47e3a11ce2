package io.snowball.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Joining by the rules, with contracts made for it. */
class JoinedContractTest {
    @Test
    void takesWhatIsRoutedAndWhatThatRefersTo() {
        JsonNode joined = join("customer", "consent");
        assertThat(joined.path("paths").fieldNames())
                .toIterable()
                .containsExactly("/api/v1/customers/{id}", "/api/v1/consents", "/u/{token}");
        assertThat(joined.at("/components/schemas").fieldNames())
                .toIterable()
                .containsExactly("ConsentView", "CustomerView", "FieldError", "Problem");
    }

    @Test
    void asksForOneKindOfTokenExceptWhereTheLinkIsTheToken() {
        JsonNode joined = join("customer", "consent");
        assertThat(joined.at("/security/0/bearer").isArray()).isTrue();
        assertThat(joined.at("/components/securitySchemes").fieldNames())
                .toIterable()
                .containsExactly("bearer");
        assertThat(joined.at("/paths/~1api~1v1~1customers~1{id}/get").has("security"))
                .isFalse();
        assertThat(joined.at("/paths/~1u~1{token}/get/security").isEmpty()).isTrue();
        assertThat(joined.at("/paths/~1u~1{token}/get/security").isArray()).isTrue();
    }

    @Test
    void sortsTheTagsByService() {
        JsonNode joined = join("customer", "consent");
        assertThat(joined.at("/x-tagGroups/0/name").asText()).isEqualTo("customer");
        assertThat(joined.at("/x-tagGroups/1/tags/0").asText()).isEqualTo("Consents");
        assertThat(joined.at("/tags/0/description").asText()).isEqualTo("Who they are");
    }

    @Test
    void findsEverythingThatDoesNotFitAtOnce() {
        Map<String, JsonNode> contracts = fixtures("customer", "consent");
        contracts.put("campaign", fixture("clashing-campaign"));
        assertThatThrownBy(() -> JoinedContract.of(contracts))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "#/components/schemas/CustomerView is one thing in customer and another in campaign")
                .hasMessageContaining(
                        "operationId getCustomer is used by customer GET /api/v1/customers/{id} and by campaign")
                .hasMessageContaining("campaign DELETE /api/v1/campaigns has no operationId")
                .hasMessageContaining("campaign refers to #/components/schemas/Missing");
    }

    @Test
    void isWrittenTheSameWayAgain() throws IOException {
        String yaml = ContractFiles.write(join("customer", "consent"));
        JsonNode again = ContractFiles.read(
                new java.io.ByteArrayInputStream(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(again).isEqualTo(join("customer", "consent"));
        assertThat(yaml).startsWith("openapi: 3.0.3\n");
    }

    private static JsonNode join(String... services) {
        return JoinedContract.of(fixtures(services));
    }

    private static Map<String, JsonNode> fixtures(String... services) {
        Map<String, JsonNode> contracts = new LinkedHashMap<>();
        for (String service : services) {
            contracts.put(service, fixture(service));
        }
        return contracts;
    }

    private static JsonNode fixture(String name) {
        try (var file = JoinedContractTest.class.getResourceAsStream("/contract-fixtures/" + name + ".yaml")) {
            return ContractFiles.read(Objects.requireNonNull(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
