package io.snowball.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The build of each service writes down how it wants to be run. We do not deploy that, but the chart must not say otherwise.
 * Where a service has not been packaged there is nothing to compare with.
 */
class QuarkusManifestTest {
    static List<String> services() {
        return Chart.SERVICES;
    }

    @ParameterizedTest
    @MethodSource("services")
    void theChartAgreesWithWhatTheServicesBuildSays(String service) throws IOException {
        var module = service.equals("gateway") ? service : service + "-service";
        var file = Chart.MODULE.resolveSibling(module).resolve("target/kubernetes/kubernetes.yml");
        assumeThat(file).exists();

        var theirs = container(Manifests.of(Files.readString(file)).one("Deployment", service));
        var ours = container(Chart.render(Chart.MINIMAL).one("Deployment", "snowball-" + service));
        for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(ours.at("/" + probe + "/httpGet/path"))
                    .as(probe)
                    .isEqualTo(theirs.at("/" + probe + "/httpGet/path"));
        }
        assertThat(ours.at("/ports/0/name")).isEqualTo(theirs.at("/ports/0/name"));
        assertThat(ours.at("/ports/0/containerPort").asInt()).isEqualTo(8080);
        assertThat(theirs.at("/ports/0/containerPort").asInt())
                .as("%s sets a port of its own into the manifest: in the cluster every service listens on 8080", module)
                .isEqualTo(8080);
    }

    private static JsonNode container(JsonNode deployment) {
        return deployment.at("/spec/template/spec/containers/0");
    }
}
