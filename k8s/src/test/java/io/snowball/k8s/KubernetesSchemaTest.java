package io.snowball.k8s;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checker itself: a check that accepts everything would look just as green. */
class KubernetesSchemaTest {
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: x, labels: {a: b}}
            spec:
              replicas: 2
              selector: {matchLabels: {a: b}}
              template:
                metadata: {labels: {a: b}}
                spec:
                  containers:
                    - name: x
                      env: [{name: PORT, value: "8080"}]
                      readinessProbe: {httpGet: {path: /q/health/ready, port: http}}
            """;

    @Test
    void acceptsWhatTheApiAccepts() {
        assertThatCode(() -> check(DEPLOYMENT)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"8080\"'               | 8080             | a number where a string belongs",
                "'replicas: 2'            | 'replicas: \"2\"'  | a string where a number belongs",
                "'replicas:'              | 'replica:'       | an unknown field",
                "'readinessProbe:'        | 'readynessProbe:' | an unknown field deep inside",
                "'selector: {matchLabels: {a: b}}' | 'paused: false' | a required field that is missing",
                "', port: http'           | ''               | a required field missing deep inside",
                "'apps/v1'                | 'apps/v1beta1'   | a version that is gone"
            })
    void refusesWhatTheApiRefuses(String from, String to, String why) {
        assertThatThrownBy(() -> check(DEPLOYMENT.replace(from, to))).as(why).isInstanceOf(AssertionError.class);
    }

    @Test
    void knowsTheObjectsOfThePrometheusOperator() {
        var rule = """
                apiVersion: monitoring.coreos.com/v1
                kind: PrometheusRule
                metadata: {name: x}
                spec: {groups: [{name: x, rules: [{alert: A, expr: "up == 0", for: 2m}]}]}
                """;

        assertThatCode(() -> check(rule)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(rule.replace("expr:", "expression:"))).isInstanceOf(AssertionError.class);
    }

    private static void check(String yaml) {
        KubernetesSchema.check(Chart.documents(yaml).getFirst());
    }
}
