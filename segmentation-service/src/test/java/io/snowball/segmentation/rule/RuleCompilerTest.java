package io.snowball.segmentation.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.platform.money.Money;
import io.snowball.segmentation.Binds;
import io.snowball.segmentation.rfm.RfmSettings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link RulePropertyTest} can't see in the answers. */
class RuleCompilerTest {
    private static final RfmSettings RFM = new RfmSettings(2, 5, 9, 2, 4, new Money(1000));
    private static final Window WINDOW = new Window(null, 30, null, null, null, null, null, null);

    @Test
    void readsAWindowOnceHoweverOftenTheRuleNamesIt() {
        Rule orders = new Rule.Orders(
                Rule.OrdersAggregate.COUNT, Comparison.EQUAL, BigDecimal.ONE, 30, null, null, null, null);
        Rule same = new Rule.Orders(
                Rule.OrdersAggregate.SUM, Comparison.EQUAL, BigDecimal.ONE, null, null, null, null, WINDOW);
        Rule messages = new Rule.Messages(Rule.MessageEvent.OPENED, Comparison.EQUAL, BigDecimal.ONE, 5, null, WINDOW);
        String sql = sql(new Rule.AnyOf(List.of(orders, new Rule.Not(orders), same, messages, new Rule.Not(messages))));
        assertThat(sql).containsOnlyOnce("order_fact").containsOnlyOnce("message_fact");
    }

    @Test
    void neverPutsWhatAPersonWroteIntoTheStatement() {
        String hostile = "'; drop table segment; -- %1$s $1";
        String sql = sql(new Rule.All(List.of(
                new Rule.Attribute(Rule.AttributeName.SOURCE, List.of(hostile)),
                new Rule.Products(
                        Rule.ProductsAggregate.ORDERS,
                        Comparison.GREATER,
                        BigDecimal.ZERO,
                        List.of(hostile),
                        List.of(hostile),
                        List.of(hostile),
                        null),
                new Rule.CustomAttribute(new PropertyCondition.Code(hostile, List.of(hostile))),
                new Rule.Events(
                        List.of(hostile),
                        Comparison.GREATER,
                        BigDecimal.ZERO,
                        List.of(
                                new PropertyCondition.Code(hostile, List.of(hostile)),
                                new PropertyCondition.Numeric(hostile, Comparison.LESS, BigDecimal.ONE),
                                new PropertyCondition.Flag(hostile, true),
                                new PropertyCondition.Time(hostile, Instant.EPOCH, null)),
                        null))));
        assertThat(sql).doesNotContain("drop");
    }

    private static String sql(Rule rule) {
        return RuleCompiler.customers(
                rule, new RuleCompiler.Moment(Instant.parse("2026-06-15T12:00:00Z"), RFM), null, new Binds());
    }
}
