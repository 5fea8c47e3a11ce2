package io.snowball.k8s;

import static io.snowball.k8s.Manifests.environment;
import static io.snowball.k8s.Manifests.items;
import static io.snowball.k8s.Manifests.name;
import static io.snowball.k8s.Manifests.secrets;
import static io.snowball.k8s.Manifests.strings;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every set of values that we ship. */
class ChartTest {
    private static final Set<String> DEPLOYED =
            Chart.SERVICES.stream().map(service -> "snowball-" + service).collect(Collectors.toSet());

    static List<Path> values() {
        return Chart.shippedValues();
    }

    @ParameterizedTest
    @MethodSource("values")
    void lintsStrictly(Path values, @TempDir Path workspace) throws IOException {
        var result = Chart.lint(values, workspace);

        assertThat(result.isFailed())
                .as(String.join("\n", result.getMessages()))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyManifestFitsTheKubernetesApi(Path values) {
        assertThat(Chart.render(values).all()).isNotEmpty().allSatisfy(KubernetesSchema::check);
    }

    @ParameterizedTest
    @MethodSource("values")
    void noTwoManifestsShareAName(Path values) {
        assertThat(Chart.render(values).all().stream().map(m -> m.path("kind").asText() + "/" + name(m)))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyServiceHasOneDeploymentServiceAccountAndMigration(Path values) {
        var manifests = Chart.render(values);

        for (var kind : List.of("Deployment", "Service", "ServiceAccount")) {
            assertThat(manifests.ofKind(kind)).as(kind).hasSize(DEPLOYED.size());
            assertThat(manifests.names(kind)).as(kind).isEqualTo(DEPLOYED);
        }
        assertThat(manifests.names("Job"))
                .isEqualTo(DEPLOYED.stream().map(name -> name + "-migration").collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("values")
    void selectorsFindTheirPodsAndNeverNameAVersion(Path values) {
        var manifests = Chart.render(values);

        assertThat(manifests.ofKind("Deployment")).allSatisfy(deployment -> {
            var selector = strings(deployment.at("/spec/selector/matchLabels"));
            assertThat(strings(deployment.at("/spec/template/metadata/labels"))).containsAllEntriesOf(selector);
            assertThat(selector.keySet())
                    .containsExactly(
                            "app.kubernetes.io/component", "app.kubernetes.io/instance", "app.kubernetes.io/name");
            assertThat(strings(manifests.one("Service", name(deployment)).at("/spec/selector")))
                    .isEqualTo(selector);
        });
    }

    @ParameterizedTest
    @MethodSource("values")
    void aServiceNeverSendsRequestsToAMigration(Path values) {
        var manifests = Chart.render(values);

        assertThat(manifests.ofKind("Service"))
                .allSatisfy(service -> assertThat(manifests.ofKind("Job"))
                        .noneSatisfy(job -> assertThat(strings(job.at("/spec/template/metadata/labels")))
                                .containsAllEntriesOf(strings(service.at("/spec/selector")))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyPodIsHardened(Path values) {
        var pods = Chart.render(values).podTemplates();
        assertThat(pods.size()).isEqualTo(10);
        assertThat(pods).allSatisfy(pod -> {
            var spec = pod.path("spec");
            var container = spec.at("/containers/0");
            assertThat(spec.path("containers")).hasSize(1);
            assertThat(spec.path("automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            assertThat(spec.path("enableServiceLinks").asBoolean(true)).isFalse();
            assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(spec.at("/securityContext/runAsUser").asInt()).isPositive();
            assertThat(spec.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(items(container.at("/securityContext/capabilities/drop")).map(c -> c.asText()))
                    .containsExactly("ALL");
            assertThat(strings(container.at("/resources/requests"))).containsKeys("cpu", "memory");
            assertThat(strings(container.at("/resources/limits"))).containsKey("memory");
            assertThat(container.path("image").asText()).matches(".+:[^:/]+").doesNotEndWith(":latest");
        });
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyServiceIsProbedAndStopsGracefully(Path values) {
        assertThat(Chart.render(values).ofKind("Deployment")).allSatisfy(deployment -> {
            var spec = deployment.at("/spec/template/spec");
            var container = spec.at("/containers/0");
            Map.of("startupProbe", "started", "livenessProbe", "live", "readinessProbe", "ready")
                    .forEach((probe, path) -> {
                        assertThat(container.at("/" + probe + "/httpGet/path").asText())
                                .isEqualTo("/q/health/" + path);
                        assertThat(container.at("/" + probe + "/httpGet/port").asText())
                                .isEqualTo("http");
                    });
            var shutdown = environment(deployment.at("/spec/template")).getOrDefault("QUARKUS_SHUTDOWN_TIMEOUT", "");
            var preStop = container.at("/lifecycle/preStop/sleep/seconds").asInt();
            assertThat(preStop).isPositive();
            assertThat(preStop + Integer.parseInt(shutdown.replace("S", "")))
                    .isLessThan(spec.path("terminationGracePeriodSeconds").asInt());
        });
    }

    @ParameterizedTest
    @MethodSource("values")
    void aBudgetGuardsJustWhatRunsMoreThanOnce(Path values) {
        var manifests = Chart.render(values);
        var scaled = manifests.names("HorizontalPodAutoscaler");

        var replicated = manifests.ofKind("Deployment").stream()
                .filter(d -> scaled.contains(name(d)) || d.at("/spec/replicas").asInt() > 1)
                .map(Manifests::name)
                .collect(Collectors.toSet());
        assertThat(manifests.names("PodDisruptionBudget")).isEqualTo(replicated);
        // A number of replicas beside an autoscaler would reset what it had decided at each upgrade.
        assertThat(scaled)
                .allSatisfy(name -> assertThat(
                                manifests.one("Deployment", name).at("/spec").has("replicas"))
                        .isFalse());
    }

    @ParameterizedTest
    @MethodSource("values")
    void migrationsRunBeforeTheServicesAndOnlyThere(Path values) {
        var manifests = Chart.render(values);

        assertThat(manifests.ofKind("Job")).allSatisfy(job -> {
            assertThat(job.at("/metadata/annotations/rendered.test~1hook").asText())
                    .isEqualTo("pre-install,pre-upgrade");
            assertThat(environment(job.at("/spec/template")))
                    .containsEntry("QUARKUS_INIT_AND_EXIT", "true")
                    .containsEntry("QUARKUS_FLYWAY_ACTIVE", "true");
            // The chart's own accounts do not exist yet when a first install runs its hooks.
            assertThat(job.at("/spec/template/spec").has("serviceAccountName")).isFalse();
        });
        assertThat(manifests.ofKind("Deployment"))
                .allSatisfy(deployment -> assertThat(environment(deployment.at("/spec/template")))
                        .containsEntry("QUARKUS_FLYWAY_ACTIVE", "false")
                        .doesNotContainKey("QUARKUS_INIT_AND_EXIT"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void secretsAreOnlyReferredTo(Path values) {
        var manifests = Chart.render(values);

        assertThat(manifests.ofKind("Secret")).isEmpty();
        assertThat(manifests.podTemplates()).allSatisfy(pod -> {
            assertThat(secrets(pod)).containsKeys("SNOWBALL_INTERNAL_KEY", "SNOWBALL_DB_USER", "SNOWBALL_DB_PASSWORD");
            assertThat(environment(pod).keySet())
                    .noneMatch(Pattern.compile("PASSWORD|_KEY$|SECRET").asPredicate());
        });
    }

    @ParameterizedTest
    @MethodSource("values")
    void noTwoServicesShareADatabaseSecret(Path values) {
        assertThat(Chart.render(values).ofKind("Deployment").stream()
                        .map(d -> secrets(d.at("/spec/template")).get("SNOWBALL_DB_PASSWORD")))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("values")
    void noVariableIsSetTwice(Path values) {
        assertThat(Chart.render(values).podTemplates())
                .allSatisfy(pod -> assertThat(items(pod.at("/spec/containers/0/env"))
                                .map(v -> v.path("name").asText()))
                        .doesNotHaveDuplicates());
    }

    @Test
    void deploysTheVersionThatTheBuildMakes() throws IOException {
        var pom = Files.readString(Chart.MODULE.resolveSibling("pom.xml"));
        var version = Pattern.compile("<artifactId>snowball</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(pom);

        assertThat(version.find()).isTrue();
        assertThat(Chart.YAML
                        .readTree(Chart.ROOT.resolve("Chart.yaml").toFile())
                        .path("appVersion")
                        .asText())
                .isEqualTo(version.group(1).replace("-SNAPSHOT", ""));
    }
}
