package io.snowball.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The chart under test: what comes out for given values. */
final class Chart {
    /** Surefire runs in the module's folder. */
    static final Path MODULE = Path.of("").toAbsolutePath();

    static final Path ROOT = MODULE.resolve("snowball");
    static final Path MINIMAL = ROOT.resolve("ci/minimal-values.yaml");
    static final Path FULL = ROOT.resolve("ci/full-values.yaml");
    static final List<String> SERVICES = List.of("campaign", "consent", "customer", "gateway", "segmentation");
    static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Chart() {}

    /** Every set of values that we ship: the environments and those made for tests. */
    static List<Path> shippedValues() {
        var environments = MODULE.resolve("environments");
        return List.of(
                MINIMAL,
                FULL,
                environments.resolve("local.yaml"),
                environments.resolve("staging.yaml"),
                environments.resolve("production.yaml"));
    }

    static Manifests render(Path values) {
        return Manifests.of(template(values));
    }

    /** Minimal values with some of one's own over them. */
    static Manifests renderMinimalWith(String yaml) {
        return render(merged(MINIMAL, yaml));
    }

    /** What is said to someone whose values are refused. */
    static String refusal(String yaml) {
        try {
            template(merged(MINIMAL, yaml));
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("The chart accepted these values:\n" + yaml);
    }

    /** Helm's lint knows only the chart's own values, so a copy of the chart gets the given ones into its values.yaml. */
    static LintResult lint(Path values, Path workspace) throws IOException {
        var copy = copy(workspace.resolve("snowball"));
        var all = overlay(YAML.readTree(ROOT.resolve("values.yaml").toFile()), YAML.readTree(values.toFile()));
        YAML.writeValue(copy.resolve("values.yaml").toFile(), all);
        return new Helm(copy).lint().strict().call();
    }

    private static String template(Path values) {
        return new Helm(WithHooks.CHART)
                .template()
                .withName("snowball")
                .withNamespace("crm")
                .withKubeVersion("1.34.0")
                .withValuesFile(values)
                .call();
    }

    /** The library leaves hooks out of what it renders; under another annotation they are manifests like any other. */
    private static final class WithHooks {
        static final Path CHART = withHooks();

        private static Path withHooks() {
            try {
                var chart = copy(Files.createTempDirectory("chart").resolve("snowball"));
                var job = chart.resolve("templates/migration-job.yaml");
                Files.writeString(job, Files.readString(job).replace("helm.sh/hook", "rendered.test/hook"));
                return chart;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Path copy(Path target) throws IOException {
        try (var files = Files.walk(ROOT)) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.copy(file, target.resolve(ROOT.relativize(file).toString()));
            }
        }
        return target;
    }

    private static Path merged(Path base, String yaml) {
        try {
            var file = Files.createTempFile("values", ".yaml");
            file.toFile().deleteOnExit();
            YAML.writeValue(file.toFile(), overlay(YAML.readTree(base.toFile()), YAML.readTree(yaml)));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode overlay(JsonNode under, JsonNode over) {
        if (!(under instanceof ObjectNode target) || !(over instanceof ObjectNode source)) {
            return over;
        }
        for (var field : source.properties()) {
            target.set(field.getKey(), overlay(target.path(field.getKey()), field.getValue()));
        }
        return target;
    }

    static List<JsonNode> documents(String yaml) {
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            var documents = new ArrayList<JsonNode>();
            values.forEachRemaining(documents::add);
            documents.removeIf(document -> !document.isObject());
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
