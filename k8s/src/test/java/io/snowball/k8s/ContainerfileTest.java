package io.snowball.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart counts on in an image: a number for the user, one process, no shell, no root file written. */
class ContainerfileTest {

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native"})
    void servesAnyServiceAsTheUserThatTheChartNames(String kind) throws IOException {
        var user = Chart.render(Chart.MINIMAL)
                .podTemplates()
                .getFirst()
                .at("/spec/securityContext/runAsUser")
                .asText();

        assertThat(instructions(kind))
                .contains("ARG SERVICE", "EXPOSE 8080", "USER " + user + ":" + user)
                .anyMatch(line -> line.startsWith("ENTRYPOINT [\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native"})
    void copiesAsRootAndBecomesTheUserAfterwards(String kind) throws IOException {
        var instructions = instructions(kind);

        var user = instructions.indexOf("USER 10001:10001");
        assertThat(instructions.subList(user, instructions.size()))
                .noneMatch(line -> line.matches("(COPY|ADD|RUN) .*"));
        assertThat(instructions.stream().filter(line -> line.startsWith("COPY ")))
                .isNotEmpty()
                .allMatch(line -> line.contains("--chown=0:0 ") && line.contains(" target/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native"})
    void namesABaseThatCanBeReplacedAndAlwaysMeansOneVersion(String kind) throws IOException {
        var instructions = instructions(kind);

        assertThat(instructions).contains("FROM ${BASE}");
        assertThat(instructions.getFirst()).matches("ARG BASE=[a-z-]+:[0-9]+.*");
    }

    private static List<String> instructions(String kind) throws IOException {
        return Files.readAllLines(Chart.MODULE.resolve("images/Containerfile." + kind)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
