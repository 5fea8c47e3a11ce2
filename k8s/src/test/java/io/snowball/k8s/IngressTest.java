package io.snowball.k8s;

import static io.snowball.k8s.Manifests.environment;
import static io.snowball.k8s.Manifests.items;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The way in from outside: what is behind it, and who is believed. */
class IngressTest {
    private static Set<Path> valuesWithIngress() {
        return Chart.shippedValues().stream()
                .filter(values -> !Chart.render(values).ofKind("Ingress").isEmpty())
                .collect(Collectors.toSet());
    }

    private static Set<String> paths(JsonNode ingress, String type) {
        return items(ingress.at("/spec/rules/0/http/paths"))
                .filter(path -> path.path("pathType").asText().equals(type))
                .map(path -> path.path("path").asText())
                .collect(Collectors.toSet());
    }

    /** Else the ingress controller's address would be sealed into the evidence of a withdrawal. */
    @ParameterizedTest
    @MethodSource("valuesWithIngress")
    void theGatewayBelievesTheIngressAloneWhoAsks(Path values) {
        var manifests = Chart.render(values);

        assertThat(environment(manifests.one("Deployment", "snowball-gateway").at("/spec/template")))
                .containsEntry("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true")
                .hasEntrySatisfying(
                        "QUARKUS_HTTP_PROXY_TRUSTED_PROXIES",
                        networks -> assertThat(networks).startsWith("10.244.0.0/16"));
        assertThat(environment(manifests.one("Deployment", "snowball-consent").at("/spec/template")))
                .doesNotContainKey("QUARKUS_HTTP_PROXY_TRUSTED_PROXIES");
    }

    @Test
    void nobodyIsBelievedWithoutAnIngress() {
        assertThat(environment(Chart.render(Chart.MINIMAL)
                        .one("Deployment", "snowball-gateway")
                        .at("/spec/template")))
                .doesNotContainKey("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING");
    }

    @Test
    void leadsToWhatTheGatewayServesAndNotToHealthOrMetrics() throws IOException {
        var ingress = Chart.render(Chart.FULL).one("Ingress", "snowball-gateway");

        assertThat(paths(ingress, "Prefix"))
                .containsExactlyInAnyOrder("/api", "/o", "/c", "/u", "/p", "/y", "/w", "/q/swagger-ui");
        assertThat(paths(ingress, "Exact")).contains("/.well-known/jwks.json", "/snowball.js");
        var resources = Chart.MODULE.resolveSibling("gateway").resolve("src/main/resources/META-INF/resources");
        try (var files = Files.list(resources)) {
            assertThat(paths(ingress, "Exact"))
                    .containsAll(files.map(file -> "/" + file.getFileName())
                            .map(path -> path.equals("/index.html") ? "/" : path)
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("valuesWithIngress")
    void letsAnImportThroughThatTheGatewayTakes(Path values) {
        var annotations = Manifests.strings(
                Chart.render(values).one("Ingress", "snowball-gateway").at("/metadata/annotations"));
        assertThat(annotations).containsAllEntriesOf(Map.of("nginx.ingress.kubernetes.io/proxy-body-size", "4g"));
    }
}
