package io.snowball.k8s;

import static io.snowball.k8s.Manifests.items;
import static io.snowball.k8s.Manifests.strings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may talk to whom: the arrows of docs/architecture.md and nothing else. */
class NetworkPolicyTest {
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "customer", Set.of("consent"),
            "segmentation", Set.of("campaign", "consent", "customer"),
            "campaign", Set.of("customer", "consent", "segmentation"),
            "consent", Set.of("customer"),
            "gateway", Set.of("customer", "segmentation", "campaign", "consent"));

    static List<Path> values() {
        return Chart.shippedValues();
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyPodIsUnderAPolicyForBothDirections(Path values) {
        var manifests = Chart.render(values);

        assertThat(manifests.podTemplates())
                .allSatisfy(pod -> assertThat(manifests.ofKind("NetworkPolicy")).anySatisfy(policy -> {
                    assertThat(strings(pod.at("/metadata/labels")))
                            .containsAllEntriesOf(strings(policy.at("/spec/podSelector/matchLabels")));
                    assertThat(items(policy.at("/spec/policyTypes")).map(JsonNode::asText))
                            .containsExactlyInAnyOrder("Ingress", "Egress");
                }));
    }

    @Test
    void onlyTheGatewayIsReachedFromOutside() {
        var manifests = Chart.render(Chart.MINIMAL);

        for (var service : Chart.SERVICES) {
            var open = items(manifests
                            .one("NetworkPolicy", "snowball-" + service)
                            .at("/spec/ingress"))
                    .anyMatch(rule -> !onlyPodsOfTheRelease(rule));
            assertThat(open).as(service).isEqualTo(service.equals("gateway"));
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void withMonitoringTheOnlyOtherVisitorIsPrometheus(Path values) throws Exception {
        var manifests = Chart.render(values);
        var metricsFrom = Chart.YAML.readTree(values.toFile()).at("/networkPolicy/metricsFrom");

        for (var service : Chart.SERVICES) {
            if (!service.equals("gateway")) {
                var strangers = items(manifests
                                .one("NetworkPolicy", "snowball-" + service)
                                .at("/spec/ingress"))
                        .filter(rule -> !onlyPodsOfTheRelease(rule))
                        .map(rule -> rule.path("from"));
                assertThat(strangers).as(service).allMatch(metricsFrom::equals);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void siblingsTalkOnlyAlongTheArrowsOfTheArchitecture(Path values) {
        var manifests = Chart.render(values);

        ARROWS.forEach((caller, called) -> {
            var policy = manifests.one("NetworkPolicy", "snowball-" + caller);
            assertThat(siblings(policy.at("/spec/egress"), "to"))
                    .as("from " + caller)
                    .isEqualTo(called);
            var callers = ARROWS.entrySet().stream()
                    .filter(arrow -> arrow.getValue().contains(caller))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            assertThat(siblings(policy.at("/spec/ingress"), "from"))
                    .as("to " + caller)
                    .isEqualTo(callers);
        });
    }

    @ParameterizedTest
    @MethodSource("values")
    void aServiceKnowsTheAddressesOfJustThoseItMayCall(Path values) {
        var manifests = Chart.render(values);

        ARROWS.forEach((caller, called) -> {
            var environment = Manifests.environment(
                    manifests.one("Deployment", "snowball-" + caller).at("/spec/template"));
            environment.keySet().removeIf(name -> !name.startsWith("SNOWBALL_PEERS_"));
            assertThat(environment)
                    .isEqualTo(called.stream()
                            .collect(Collectors.toMap(
                                    name -> "SNOWBALL_PEERS_" + name.toUpperCase(Locale.ROOT),
                                    name -> "http://snowball-" + name + ":8080")));
            assertThat(manifests.names("Service"))
                    .containsAll(called.stream().map(name -> "snowball-" + name).toList());
        });
    }

    @Test
    void onlyCampaignReachesTheMailServer() {
        var manifests = Chart.render(Chart.FULL);

        for (var service : Chart.SERVICES) {
            var ports = items(manifests
                            .one("NetworkPolicy", "snowball-" + service)
                            .at("/spec/egress"))
                    .flatMap(rule -> items(rule.path("ports")))
                    .map(port -> port.path("port").asInt());
            assertThat(ports.anyMatch(port -> port == 587)).as(service).isEqualTo(service.equals("campaign"));
        }
    }

    @Test
    void aMigrationReachesItsDatabaseAndNobodyReachesIt() {
        var policy = Chart.render(Chart.FULL).one("NetworkPolicy", "snowball-segmentation-migration");

        assertThat(policy.at("/spec/ingress")).isEmpty();
        assertThat(items(policy.at("/spec/egress"))
                        .flatMap(rule -> items(rule.path("ports")))
                        .map(port -> port.path("port").asInt()))
                .containsExactlyInAnyOrder(53, 53, 5433);
    }

    @ParameterizedTest
    @MethodSource("values")
    void anIngressLeadsOnlyToTheGatewayAndNotToItsHealthOrMetrics(Path values) {
        assertThat(Chart.render(values).ofKind("Ingress")).allSatisfy(ingress -> {
            assertThat(Manifests.name(ingress)).isEqualTo("snowball-gateway");
            var paths = items(ingress.at("/spec/rules/0/http/paths")).toList();
            assertThat(paths).allSatisfy(path -> {
                assertThat(path.at("/backend/service/name").asText()).isEqualTo("snowball-gateway");
                // Exactly "/" is the start page; with what is below it, it would be everything.
                assertThat(path.path("pathType").asText() + " "
                                + path.path("path").asText())
                        .isNotIn("Prefix /", "Prefix /q")
                        .doesNotContain("/q/health", "/q/metrics");
            });
        });
    }

    private static boolean onlyPodsOfTheRelease(JsonNode rule) {
        return !rule.path("from").isEmpty() && items(rule.path("from")).allMatch(NetworkPolicyTest::isPodOfTheRelease);
    }

    private static boolean isPodOfTheRelease(JsonNode peer) {
        return !peer.has("namespaceSelector")
                && "snowball"
                        .equals(strings(peer.at("/podSelector/matchLabels")).get("app.kubernetes.io/instance"));
    }

    private static Set<String> siblings(JsonNode rules, String side) {
        return items(rules)
                .flatMap(rule -> items(rule.path(side)))
                .filter(NetworkPolicyTest::isPodOfTheRelease)
                .map(peer -> peer.at("/podSelector/matchLabels")
                        .path("app.kubernetes.io/name")
                        .asText())
                .collect(Collectors.toSet());
    }
}
