package io.snowball.segmentation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.snowball.platform.problem.Problem;
import io.snowball.platform.problem.ProblemException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleCheckTest {
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());
    private static final Rule LEAF = new Rule.Contact(Rule.ContactKind.EMAIL);

    @Test
    void allowsTwentyLevelsAndNoMore() {
        assertThatCode(() -> RuleCheck.check(nested(20), "/rule")).doesNotThrowAnyException();
        assertThat(errors(nested(21))).extracting(Problem.FieldError::code).containsExactly("too-deep");
        assertThat(errors(nested(400)).getFirst().pointer()).startsWith("/rule/rule/rule");
    }

    @Test
    void allowsTwoHundredConditionsAndNoMore() {
        assertThatCode(() -> RuleCheck.check(new Rule.All(Collections.nCopies(199, LEAF)), "/rule"))
                .doesNotThrowAnyException();
        assertThat(errors(new Rule.All(Collections.nCopies(200, LEAF))))
                .containsExactly(new Problem.FieldError(
                        "/rule/rules/199", "too-many", "The rule has more than 200 conditions: use fewer"));
    }

    @Test
    void pointsAtEachThingThatIsWrong() throws JsonProcessingException {
        assertThat(pointers("""
                {"type": "all", "rules": [
                  {"type": "metric", "metric": "ORDERS", "op": "LESS", "value": 1.5},
                  {"type": "metric", "metric": "REVENUE", "value": 1e999999999},
                  {"type": "metric", "metric": "ORDERS", "op": "LESS", "value": 1e999999999},
                  {"type": "all", "rules": [
                    {"type": "metric", "metric": "ORDERS", "op": "LESS", "value": 1e-999999999},
                    {"type": "metric", "metric": "ORDERS", "op": "LESS", "value": 0e-999999999},
                    {"type": "metric", "metric": "REVENUE", "op": "LESS", "value": 1e-999999999},
                    {"type": "metric", "metric": "REVENUE", "op": "LESS", "value": 0e999999999}]},
                  {"type": "not"},
                  {"type": "any", "rules": []},
                  {"type": "any", "rules": [null]},
                  {"type": "attribute", "attribute": "SOURCE", "in": ["", "a\\u0000b"]},
                  {"type": "attribute", "in": [null]},
                  {"type": "registered"},
                  {"type": "registered", "from": "+999999999-01-01T00:00:00Z"},
                  {"type": "contact"},
                  {"type": "orders", "aggregate": "COUNT", "op": "LESS", "value": 1},
                  {"type": "orders", "aggregate": "SUM", "op": "LESS", "value": -1, "lastDays": 0, "lastMonths": 121},
                  {"type": "orders", "aggregate": "SUM", "op": "LESS", "value": 1,
                   "from": "2026-01-02T00:00:00Z", "before": "2026-01-02T00:00:00Z"},
                  {"type": "rfmCell", "in": []},
                  {"type": "segment"}]}
                """))
                .containsExactly(
                        "/rule/rules/0/value",
                        "/rule/rules/1/op",
                        "/rule/rules/1/value",
                        "/rule/rules/2/value",
                        "/rule/rules/3/rules/0/value",
                        "/rule/rules/3/rules/1/value",
                        "/rule/rules/3/rules/2/value",
                        "/rule/rules/3/rules/3/value",
                        "/rule/rules/4/rule",
                        "/rule/rules/5/rules",
                        "/rule/rules/6/rules/0",
                        "/rule/rules/7/in/0",
                        "/rule/rules/7/in/1",
                        "/rule/rules/8/attribute",
                        "/rule/rules/8/in",
                        "/rule/rules/9",
                        "/rule/rules/10/from",
                        "/rule/rules/11/kind",
                        "/rule/rules/12",
                        "/rule/rules/13/value",
                        "/rule/rules/13",
                        "/rule/rules/13/lastDays",
                        "/rule/rules/13/lastMonths",
                        "/rule/rules/14/before",
                        "/rule/rules/15/in",
                        "/rule/rules/16/segmentId");
    }

    @Test
    void takesWholeNumbersHoweverTheyAreWritten() throws JsonProcessingException {
        for (String number : List.of("0", "3", "3.0", "3.00", "1e2", "1000000000")) {
            String rule = "{\"type\": \"metric\", \"metric\": \"ORDERS\", \"op\": \"LESS\", \"value\": " + number + "}";
            Rule read = JSON.readValue(rule, Rule.class);
            assertThatCode(() -> RuleCheck.check(read, "/rule")).as(number).doesNotThrowAnyException();
        }
    }

    private static Rule nested(int depth) {
        Rule rule = LEAF;
        for (int i = 1; i < depth; i++) {
            rule = new Rule.Not(rule);
        }
        return rule;
    }

    private static List<String> pointers(String json) throws JsonProcessingException {
        return errors(JSON.readValue(json, Rule.class)).stream()
                .map(Problem.FieldError::pointer)
                .toList();
    }

    private static List<Problem.FieldError> errors(Rule rule) {
        return catchThrowableOfType(ProblemException.class, () -> RuleCheck.check(rule, "/rule"))
                .errors();
    }
}
