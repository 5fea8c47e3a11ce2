package io.snowball.segmentation.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.money.Money;
import io.snowball.segmentation.Binds;
import io.snowball.segmentation.fact.PlainFacts;
import io.snowball.segmentation.rfm.RfmSettings;
import io.snowball.segmentation.rule.ClockEdges.Passed;
import io.snowball.segmentation.rule.RandomShop.Customer;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * A1, A2, A8, B5, C10, C12, G3, G5, G6, G7: whatever rule a marketer writes, the database answers what the rule's words say; and the clock looks at
 * everybody whose answer time has changed. 10,000 rules each, a hundred on each of a hundred random bases and clocks; the clocks
 * stand near the switch to summer and winter time of several countries, and on the last days of months.
 */
class RulePropertyTest {
    private static final int RULES = 100;
    private static final int TOGETHER = 20;
    private static final RfmSettings RFM = new RfmSettings(2, 5, 9, 2, 4, new Money(1000));
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());
    private static final List<String> CLOCKS = List.of(
            "2026-03-29T01:00:00Z",
            "2026-10-25T01:00:00Z",
            "2026-03-08T07:00:00Z",
            "2026-11-01T05:00:00Z",
            "2026-04-04T15:00:00Z",
            "2026-03-31T00:00:00Z",
            "2024-02-29T21:00:00Z",
            "2026-01-01T00:00:00Z",
            "2026-06-15T12:00:00Z");

    private static @Nullable RuleDatabase database;

    record Case(Instant now, List<Customer> customers, Map<UUID, Set<UUID>> segments, List<Rule> rules) {
        NaiveRule naive(Instant at) {
            return new NaiveRule(at, RFM, segments, NaiveRule.categories(customers));
        }

        Set<UUID> matching(Rule rule, NaiveRule naive) {
            return customers.stream()
                    .filter(c -> naive.matches(rule, c))
                    .map(Customer::id)
                    .collect(Collectors.toSet());
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.randomValue(RulePropertyTest::randomCase);
    }

    private static Case randomCase(Random random) {
        Instant now = Instant.parse(CLOCKS.get(random.nextInt(CLOCKS.size())))
                .plusSeconds(random.nextInt(4 * 3600) - 2 * 3600L)
                .plusNanos(1000L * random.nextInt(3));
        RandomShop shop = new RandomShop(random, now);
        List<Customer> customers = shop.customers(20);
        UUID first = Ids.next();
        UUID second = Ids.next();
        Map<UUID, Set<UUID>> segments = Map.of(first, some(customers, random), second, some(customers, random));
        RandomRule rules = new RandomRule(random, shop, List.copyOf(segments.keySet()));
        return new Case(
                now,
                customers,
                segments,
                IntStream.range(0, RULES).mapToObj(_ -> rules.next()).toList());
    }

    private static Set<UUID> some(List<Customer> customers, Random random) {
        return customers.stream()
                .filter(_ -> random.nextBoolean())
                .map(Customer::id)
                .collect(Collectors.toSet());
    }

    @BeforeContainer
    static void start() {
        database = new RuleDatabase();
    }

    @AfterContainer
    static void stop() {
        database().close();
    }

    private static RuleDatabase database() {
        return java.util.Objects.requireNonNull(database);
    }

    @Property(tries = 100)
    @Label(
            "A1, A2, A8, B5, C10, C12, G3, G5, G6, G7: 10,000 rules, the database against plain Java, about the changes of clocks")
    void selectsWhomPlainJavaSelects(@ForAll("cases") Case base) throws JsonProcessingException {
        database().empty();
        new PlainFacts(database().pool())
                .apply(RandomShop.customerEvents(base.customers()), RandomShop.campaignEvents(base.customers()));
        base.segments().forEach(RulePropertyTest::store);
        database().predict(base.customers());
        Set<UUID> withheld = base.customers().stream()
                .map(Customer::id)
                .filter(id -> id.hashCode() % 7 == 0)
                .collect(Collectors.toSet());
        database().withhold(withheld);
        UUID[] ids = base.customers().stream().map(Customer::id).toArray(UUID[]::new);
        NaiveRule naive = base.naive(base.now());
        int mixed = 0;
        for (int from = 0; from < RULES; from += TOGETHER) {
            List<Rule> rules = base.rules().subList(from, from + TOGETHER);
            List<Set<UUID>> selected = selected(rules, base.now(), from % (2 * TOGETHER) == 0 ? ids : null);
            for (int i = 0; i < TOGETHER; i++) {
                Set<UUID> expected = new HashSet<>(base.matching(rules.get(i), naive));
                expected.removeAll(withheld);
                assertThat(selected.get(i))
                        .as("rule %d at %s: %s", from + i, base.now(), rules.get(i))
                        .isEqualTo(expected);
                mixed += expected.isEmpty() || expected.size() == ids.length ? 0 : 1;
            }
        }
        assertThat(mixed).as("rules that some match and some do not").isGreaterThan(RULES / 10);
    }

    @Property(tries = 100)
    @Label("A1, A2, A8: 10,000 rules, clocks moved on: everybody whom time alone has moved is looked at")
    void findsEverybodyWhomTimeAloneHasMoved(@ForAll("cases") Case base, @ForAll("leaps") Duration leap) {
        Instant later = base.now().plus(leap);
        NaiveRule was = base.naive(base.now());
        NaiveRule is = base.naive(later);
        for (Rule rule : base.rules()) {
            Set<UUID> moved = base.matching(rule, was);
            Set<UUID> after = base.matching(rule, is);
            Set<UUID> stayed = new HashSet<>(moved);
            stayed.retainAll(after);
            moved.addAll(after);
            moved.removeAll(stayed);
            Set<Passed> edges = ClockEdges.passed(rule, RFM, base.now(), later);
            assertThat(base.customers().stream()
                            .filter(c -> edges.stream().anyMatch(edge -> stands(c, edge)))
                            .map(Customer::id))
                    .as("%s to %s: %s", base.now(), later, rule)
                    .containsAll(moved);
            assertThat(rule.followsTheClock() || moved.isEmpty()).as("%s", rule).isTrue();
        }
    }

    @Provide
    Arbitrary<Duration> leaps() {
        return Arbitraries.of(
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(3),
                Duration.ofHours(1),
                Duration.ofHours(2),
                Duration.ofDays(1),
                Duration.ofDays(3),
                Duration.ofDays(8));
    }

    private static boolean stands(Customer c, Passed edge) {
        Stream<Instant> times = switch (edge.source()) {
            case REGISTERED -> Stream.of(c.registeredAt());
            case ORDERED -> c.orders().stream().filter(RandomShop.Order::counts).map(RandomShop.Order::at);
            case DONE -> c.events().stream().map(RandomShop.Event::at);
            case SENT -> c.messages().stream().filter(m -> !m.bounced()).map(RandomShop.Message::sentAt);
        };
        return times.anyMatch(at -> !at.isBefore(edge.from()) && !at.isAfter(edge.to()));
    }

    private static void store(UUID segment, Set<UUID> members) {
        database()
                .pool()
                .preparedQuery("""
                        with s as (
                          insert into segment (id, name, rule, customers_count, version, created_at, updated_at)
                          values ($1, $1::text, '{"type": "list"}', 0, 1, now(), now()))
                        select 1
                        """)
                .execute(Params.of(segment))
                .chain(() ->
                        database().pool().preparedQuery("""
                                insert into segment_member (segment_id, customer_id, entered_at)
                                select $1, u.id, now() from unnest($2::uuid[]) as u (id)
                                """).execute(Params.of(segment, members.toArray(UUID[]::new))))
                .await()
                .indefinitely();
    }

    /** As they were stored; several rules in one statement, or ten thousand round trips would take minutes. */
    private static List<Set<UUID>> selected(List<Rule> rules, Instant now, UUID @Nullable [] among)
            throws JsonProcessingException {
        Binds binds = new Binds();
        List<String> parts = new ArrayList<>();
        List<Set<UUID>> selected = new ArrayList<>();
        for (Rule rule : rules) {
            RuleCheck.check(rule, "/rule");
            Rule stored = JSON.readValue(JSON.writerFor(Rule.class).writeValueAsString(rule), Rule.class);
            parts.add("select " + parts.size() + " as place, q.customer_id from ("
                    + RuleCompiler.customers(stored, new RuleCompiler.Moment(now, RFM), among, binds) + ") q");
            selected.add(new HashSet<>());
        }
        for (Row row : database()
                .pool()
                .preparedQuery(String.join(" union all ", parts))
                .execute(binds.tuple())
                .await()
                .indefinitely()) {
            assertThat(selected.get(row.getInteger("place")).add(row.getUUID("customer_id")))
                    .as("each once: %s", rules.get(row.getInteger("place")))
                    .isTrue();
        }
        return selected;
    }
}
