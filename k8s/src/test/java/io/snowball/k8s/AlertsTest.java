package io.snowball.k8s;

import static io.snowball.k8s.Manifests.items;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An alert without a page that says what to do is noise. */
class AlertsTest {
    private static final Pattern OWN_METRIC = Pattern.compile("snowball_[a-z_]+");

    private static List<JsonNode> alerts() {
        return items(Chart.render(Chart.FULL).one("PrometheusRule", "snowball").at("/spec/groups/0/rules"))
                .toList();
    }

    @Test
    void everyAlertHasItsRunbookAndEveryRunbookItsAlert() throws IOException {
        try (var files = Files.list(Chart.MODULE.resolve("runbooks"))) {
            var runbooks = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());

            assertThat(alerts().stream()
                            .map(alert -> alert.path("alert").asText() + ".md")
                            .collect(Collectors.toSet()))
                    .isEqualTo(runbooks);
        }
        assertThat(alerts())
                .allSatisfy(
                        alert -> assertThat(alert.at("/annotations/runbook_url").asText())
                                .endsWith("/" + alert.path("alert").asText() + ".md"));
    }

    @Test
    void everyRunbookHasTheSameFourParts() throws IOException {
        try (var files = Files.list(Chart.MODULE.resolve("runbooks"))) {
            for (var file : files.toList()) {
                assertThat(Files.readAllLines(file).stream().filter(line -> line.startsWith("## ")))
                        .as(file.toString())
                        .containsExactly("## Meaning", "## Impact", "## Diagnosis", "## Mitigation");
            }
        }
    }

    @Test
    void everyServiceIsWatchedAndConsentByAnAlertOfItsOwn() {
        var watched = alerts().stream()
                .filter(alert -> alert.path("expr").asText().startsWith("absent(up{"))
                .collect(Collectors.toMap(
                        alert -> alert.at("/labels/service").asText(),
                        alert -> alert.path("alert").asText()));

        assertThat(watched).containsOnlyKeys(Chart.SERVICES);
        assertThat(watched.entrySet().stream().filter(e -> e.getValue().equals("ConsentUnavailable")))
                .extracting(e -> e.getKey())
                .containsExactly("consent");
    }

    /** An alert on a metric that nobody makes never fires. */
    @Test
    void everyMetricOfOursThatAnAlertLooksAtIsInTheCode() throws IOException {
        var metrics = alerts().stream()
                .flatMap(
                        alert -> OWN_METRIC.matcher(alert.path("expr").asText()).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        assertThat(metrics).isNotEmpty();

        var code = new StringBuilder();
        for (var module : new String[] {"platform", "campaign-service"}) {
            try (var files = Files.walk(Chart.MODULE.resolveSibling(module).resolve("src/main/java"))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    code.append(Files.readString(file));
                }
            }
        }
        assertThat(metrics).allSatisfy(metric -> assertThat(code).contains('"' + metric + '"'));
    }

    @Test
    void noAlertLooksIntoAnotherInstallation() {
        assertThat(alerts())
                .allSatisfy(alert -> assertThat(alert.path("expr").asText()).contains("namespace=\"crm\""));
    }

    @Test
    void prometheusFindsTheServicesByLabelsThatTheyHave() {
        var manifests = Chart.render(Chart.FULL);
        var monitor = manifests.one("ServiceMonitor", "snowball");
        var selector = Manifests.strings(monitor.at("/spec/selector/matchLabels"));

        assertThat(manifests.ofKind("Service")).allSatisfy(service -> {
            assertThat(Manifests.strings(service.at("/metadata/labels"))).containsAllEntriesOf(selector);
            assertThat(service.at("/spec/ports/0/name").asText())
                    .isEqualTo(monitor.at("/spec/endpoints/0/port").asText());
        });
    }
}
