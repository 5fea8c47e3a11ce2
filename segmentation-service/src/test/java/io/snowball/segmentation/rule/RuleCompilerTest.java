package io.snowball.segmentation.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.platform.id.Ids;
import io.snowball.platform.money.Money;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.Binds;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.snowball.segmentation.rfm.RfmSettings;
import io.snowball.segmentation.rule.RandomShop.Customer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A8, C10, G3: whatever rule a marketer writes, the database answers what the rule's words say. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class RuleCompilerTest {
    private static final Instant NOW = TestClock.NOON;
    private static final int RULES = 2400;
    private static final RfmSettings RFM = new RfmSettings(2, 5, 9, 2, 4, new Money(1000));

    @Inject
    Pool pool;

    @Inject
    ObjectMapper json;

    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @Test
    void selectsWhomPlainJavaSelectsForThousandsOfRandomRules() throws JsonProcessingException {
        clock.set(NOW);
        Random random = new Random(20261121);
        RandomShop shop = new RandomShop(random, NOW);
        List<Customer> customers = shop.customers(200);
        facts.apply(RandomShop.events(customers));
        UUID[] ids = customers.stream().map(Customer::id).toArray(UUID[]::new);
        Map<UUID, Set<UUID>> segments = Map.of();
        for (Rule rule : List.of(
                new Rule.Contact(Rule.ContactKind.PHONE),
                new Rule.Attribute(Rule.AttributeName.SOURCE, List.of("website", "tilda")))) {
            Map<UUID, Set<UUID>> more = new HashMap<>(segments);
            more.put(segment(rule), naive(rule, new NaiveRule(NOW, RFM, segments), customers));
            segments = more;
        }
        RandomRule rules = new RandomRule(random, shop, List.copyOf(segments.keySet()));
        NaiveRule naive = new NaiveRule(NOW, RFM, segments);

        int mixed = 0;
        for (int i = 0; i < RULES; i++) {
            Rule rule = rules.next();
            RuleCheck.check(rule, "/rule");
            Rule stored = json.readValue(json.writerFor(Rule.class).writeValueAsString(rule), Rule.class);
            Set<UUID> expected = naive(rule, naive, customers);
            assertThat(selected(stored, i % 2 == 0 ? ids : null, Set.of(ids)))
                    .as("rule %d: %s", i, rule)
                    .isEqualTo(expected);
            mixed += expected.isEmpty() || expected.size() == customers.size() ? 0 : 1;
        }
        assertThat(mixed).as("rules that some match and some do not").isGreaterThan(RULES / 2);
    }

    @Test
    void readsAWindowOnceHoweverOftenTheRuleNamesIt() {
        Rule window = new Rule.Orders(
                Rule.OrdersAggregate.COUNT, Comparison.EQUAL, java.math.BigDecimal.ONE, 30, null, null, null);
        String sql = RuleCompiler.customers(
                new Rule.AnyOf(List.of(window, new Rule.Not(window))),
                new RuleCompiler.Moment(NOW, RFM),
                null,
                new Binds());
        assertThat(sql).containsOnlyOnce("order_fact");
    }

    private UUID segment(Rule rule) throws JsonProcessingException {
        String body = "{\"name\": \"" + Ids.next() + "\", \"rule\": "
                + json.writerFor(Rule.class).writeValueAsString(rule) + "}";
        return UUID.fromString(TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body(body)
                .post("/api/v1/segments")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    private static Set<UUID> naive(Rule rule, NaiveRule naive, List<Customer> customers) {
        return customers.stream()
                .filter(c -> naive.matches(rule, c))
                .map(Customer::id)
                .collect(Collectors.toSet());
    }

    private Set<UUID> selected(Rule rule, UUID @Nullable [] among, Set<UUID> ours) {
        Binds binds = new Binds();
        String sql = RuleCompiler.customers(rule, new RuleCompiler.Moment(NOW, RFM), among, binds);
        Set<UUID> selected = new HashSet<>();
        for (Row row : pool.preparedQuery(sql).execute(binds.tuple()).await().indefinitely()) {
            UUID id = row.getUUID("customer_id");
            if (ours.contains(id) ? !selected.add(id) : among != null) {
                throw new AssertionError("A customer twice, or one that was not asked about: " + sql);
            }
        }
        return selected;
    }
}
