package io.snowball.customer.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.customer.loyalty.Giving.Accrual;
import io.snowball.customer.loyalty.Giving.Difference;
import io.snowball.customer.loyalty.Giving.Given;
import io.snowball.customer.loyalty.Giving.Owner;
import io.snowball.customer.loyalty.Giving.Tally;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What rules give (B4, B9, C18), without a database. */
class RuleTest {
    private static final Instant AT = Instant.parse("2026-03-01T00:00:00Z");
    private static final UUID CUSTOMER = new UUID(0, 1);
    private static final long ROUBLE = 100;

    private static Rule rule(Award award, String value, @Nullable Integer first, List<String> categories) {
        return new Rule(
                new UUID(0, 9),
                "r",
                Trigger.PURCHASE,
                null,
                award,
                new BigDecimal(value),
                null,
                categories,
                List.of(),
                first,
                null,
                null,
                null,
                null,
                null,
                AT.minus(Duration.ofDays(1)),
                AT.plus(Duration.ofDays(1)));
    }

    private static Purchase purchase(long kopecks, int earlier) {
        return purchase(kopecks, earlier, AT, true);
    }

    private static Purchase purchase(long kopecks, int earlier, Instant at, boolean paid) {
        return new Purchase(
                new UUID(0, 100 + earlier),
                "o",
                CUSTOMER,
                at,
                paid,
                !paid,
                paid ? kopecks : 0,
                earlier,
                "gold",
                List.of(
                        new Purchase.Line(kopecks / 2, Set.of("shoes", "clothes")),
                        new Purchase.Line(kopecks / 2, Set.of("toys"))));
    }

    @Test
    void countsPercentPointsForARoubleAndFixed() {
        assertThat(rule(Award.PERCENT, "5", null, List.of()).points(purchase(199_999, 0), ROUBLE))
                .isEqualTo(99);
        assertThat(rule(Award.PERCENT, "5", null, List.of()).points(purchase(200_000, 0), 50))
                .isEqualTo(200);
        assertThat(rule(Award.PER_ROUBLE, "0.1", null, List.of()).points(purchase(100_999, 0), 50))
                .isEqualTo(100);
        assertThat(rule(Award.FIXED, "300", null, List.of()).points(purchase(1, 0), ROUBLE))
                .isEqualTo(300);
    }

    @Test
    void countsOnlyItsCategoriesAndItsTime() {
        assertThat(rule(Award.PERCENT, "10", null, List.of("clothes")).points(purchase(200_000, 0), ROUBLE))
                .isEqualTo(100);
        assertThat(rule(Award.PERCENT, "10", null, List.of("food")).points(purchase(200_000, 0), ROUBLE))
                .isZero();
        Rule rule = rule(Award.PERCENT, "10", null, List.of());
        assertThat(rule.points(purchase(200_000, 0, AT.plus(Duration.ofDays(1)), true), ROUBLE))
                .isZero();
        assertThat(rule.points(purchase(200_000, 0, AT.minus(Duration.ofDays(2)), true), ROUBLE))
                .isZero();
        assertThat(rule.points(purchase(200_000, 0, AT, false), ROUBLE)).isZero();
    }

    @Test
    @DisplayName("B9: on the first N purchases, and no more often than N times even if they come out of order")
    void b09CountsTheFirstPurchases() {
        Rule rule = rule(Award.FIXED, "50", 5, List.of());
        assertThat(rule.points(purchase(100, 4), ROUBLE)).isEqualTo(50);
        assertThat(rule.points(purchase(100, 5), ROUBLE)).isZero();
        assertThat(give(rule, Map.of(), new Tally(250, 5), purchase(100, 2))).isEmpty();
    }

    @Test
    void whatWasGivenIsAdjustedAndNeverGivenTwice() {
        Rule rule = rule(Award.PERCENT, "10", 1, List.of());
        Purchase later = purchase(50_000, 3);
        Map<Given, Accrual> stored = Map.of(new Given(rule.id(), later.source()), new Accrual(CUSTOMER, 100));
        // It was the first when it was given, and stays so; half of it came back.
        assertThat(give(rule, stored, new Tally(100, 1), later)).singleElement().satisfies(difference -> {
            assertThat(difference.points()).isEqualTo(50);
            assertThat(difference.change()).isEqualTo(-50);
        });
        assertThat(give(rule, stored, new Tally(100, 1), purchase(100_000, 3))).isEmpty();
        assertThat(give(rule, stored, new Tally(100, 1), purchase(100_000, 3, AT, false)))
                .singleElement()
                .extracting(Difference::change)
                .isEqualTo(-100L);
    }

    @Test
    void nobodyGetsAnythingWhoIsNoCustomerAnyMore() {
        Giving giving =
                new Giving(List.of(rule(Award.FIXED, "10", null, List.of())), ROUBLE, Map.of(), Map.of(), Map.of());
        giving.purchase(purchase(100, 0));
        assertThat(giving.differences()).isEmpty();
    }

    private static List<Difference> give(Rule rule, Map<Given, Accrual> stored, Tally tally, Purchase purchase) {
        Giving giving = new Giving(
                List.of(rule),
                ROUBLE,
                stored,
                Map.of(new Owner(rule.id(), CUSTOMER), tally),
                Map.of(CUSTOMER, CUSTOMER));
        giving.purchase(purchase);
        return giving.differences();
    }
}
