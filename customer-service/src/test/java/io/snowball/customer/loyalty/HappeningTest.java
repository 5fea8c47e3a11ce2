package io.snowball.customer.loyalty;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.loyalty.Programme.give;
import static io.snowball.customer.loyalty.Programme.line;
import static io.snowball.customer.loyalty.Programme.order;
import static io.snowball.customer.loyalty.Programme.post;
import static io.snowball.customer.loyalty.Programme.put;
import static io.snowball.customer.loyalty.Programme.redeem;
import static io.snowball.customer.loyalty.Programme.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.customer.Shop;
import io.snowball.customer.loyalty.HappeningSql.Found;
import io.snowball.customer.loyalty.HappeningSql.Happening;
import io.snowball.customer.loyalty.HappeningSql.Position;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A company's history, imported, is older than its programme: what nothing hangs on is passed over by the database. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class HappeningTest {
    /** Before any rule of any test. */
    private static final Instant LONG_AGO = Instant.parse("2015-03-01T00:00:00Z");

    private static final Comparator<Position> PLACES =
            Comparator.comparingLong(Position::tx).thenComparingLong(Position::position);

    @Inject
    Shop shop;

    @Inject
    Pool pool;

    @Inject
    HappeningSql sql;

    private UUID customer = Ids.next();
    private final String name = unique("o");
    private Position start = new Position(0, 0);

    @BeforeEach
    void somebody() {
        customer = Shop.customer(unique("c"));
        start = last();
    }

    @Test
    @DisplayName("B4: an order from before the programme is not handed on, whatever is told of it")
    void b04PassesOverOrdersFromBeforeTheProgramme() {
        UUID rule = rule("\"trigger\":\"PURCHASE\",\"award\":\"FIXED\",\"value\":1,\"categories\":[\"nothing\"]");
        try {
            UUID old = old("PAID");
            UUID now = order(customer, name + "now", "PAID", Instant.now(), line("a", 1, 10));
            assertThat(orders()).contains(now).doesNotContain(old);
        } finally {
            Programme.end(rule);
        }
    }

    @Test
    void handsOnWhatSomethingWasGivenFor() {
        UUID rule = rule("\"trigger\":\"PURCHASE\",\"award\":\"FIXED\",\"value\":1,\"categories\":[\"nothing\"]");
        Programme.end(rule);
        UUID old = old("PAID");
        assertThat(orders()).doesNotContain(old);
        run(
                "insert into loyalty_accrual (id, rule_id, source, customer_id, points) values ($1, $2, $3, $4, 1)",
                Ids.next(),
                rule,
                "order/" + old,
                customer);
        assertThat(orders()).contains(old);
        run("delete from loyalty_accrual where source = $1", "order/" + old);
    }

    @Test
    @DisplayName("G10: an old order of somebody invited is handed on")
    void g10HandsOnOrdersOfTheInvited() {
        UUID inviter = Shop.customer(unique("c"));
        String code = post("referral-codes", "{\"customerId\":\"%s\"}".formatted(inviter))
                .path("code");
        post("referrals", "{\"code\":\"%s\",\"customerId\":\"%s\"}".formatted(code, customer))
                .then()
                .statusCode(201);
        UUID old = old("PAID");
        assertThat(orders()).contains(old);
    }

    @Test
    void handsOnWhatWasPaidWithPointsAndCameToNothing() {
        give(customer, 10);
        redeem(customer, 10, name);
        UUID old = old("PAID");
        assertThat(orders()).doesNotContain(old);
        old("CANCELLED");
        assertThat(orders()).contains(old);
    }

    @Test
    @DisplayName("C21: an order in the window of a level is handed on, an older one is not")
    void c21HandsOnWhatALevelCounts() {
        String level = unique("l");
        put(
                "loyalty-levels/" + level,
                "{\"name\":\"Top\",\"rank\":901,\"minSpent\":777000000,\"windowDays\":4000,\"keepDays\":30}");
        try {
            UUID old = old("PAID");
            UUID counted = order(customer, name + "2", "PAID", LONG_AGO.plusSeconds(86_400L * 3000), line("a", 1, 10));
            assertThat(orders()).contains(counted).doesNotContain(old);
        } finally {
            TestTokens.as(Roles.ADMIN).delete("/api/v1/loyalty-levels/" + level);
        }
    }

    @Test
    @DisplayName("Of more than a page nothing is left behind, and none comes twice")
    void readsPageByPageWithoutGaps() {
        UUID rule = rule("\"trigger\":\"PURCHASE\",\"award\":\"FIXED\",\"value\":1,\"categories\":[\"nothing\"],"
                + Programme.LONG_SINCE);
        UUID order = order(customer, name, "PAID", Instant.now(), line("a", 1, 10));
        // Between two that count are fifteen that do not.
        run("""
                insert into feed_event (subject, type, occurred_at, data)
                select e.subject, case when i % 16 = 0 then e.type else 'nothing.happened' end, e.occurred_at, e.data
                from feed_event e
                cross join generate_series(1, 19999) as i
                where e.subject = $1 and e.type = 'order.changed'
                """, customer);
        List<Found> pages = new ArrayList<>();
        read(start, pages);
        Programme.end(rule);
        List<Position> found = pages.stream()
                .flatMap(page -> page.happenings().stream())
                .filter(each -> order.equals(each.orderId()))
                .map(Happening::place)
                .toList();
        assertThat(found).hasSize(1250).doesNotHaveDuplicates();
        assertThat(pages)
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(page -> page.happenings().size() <= HappeningSql.PAGE);
        run("delete from feed_event where subject = $1", customer);
    }

    /** Told once more with another state. */
    private UUID old(String status) {
        return order(customer, name, status, LONG_AGO, line("a", 1, 10));
    }

    /** Handed on since the beginning of the test. */
    private List<UUID> orders() {
        List<Found> pages = new ArrayList<>();
        read(start, pages);
        return pages.stream()
                .flatMap(page -> page.happenings().stream())
                .filter(each -> each.type().equals("order.changed"))
                .map(Happening::orderId)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** As far as there is anything now: it is shown when no older transaction runs any more. */
    private void read(Position from, List<Found> pages) {
        Position end = last();
        Position at = from;
        while (PLACES.compare(at, end) < 0) {
            Position after = at;
            var found = pool.withTransaction(tx -> sql.read(tx, after, Instant.now()))
                    .await()
                    .indefinitely();
            found.ifPresent(pages::add);
            at = found.map(Found::upTo).orElse(after);
        }
    }

    private Position last() {
        var row = pool.query("select tx, position from feed_event order by tx desc, position desc limit 1")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next();
        return new Position(row.getLong("tx"), row.getLong("position"));
    }

    private void run(String statement, Object... parameters) {
        pool.preparedQuery(statement).execute(Params.of(parameters)).await().indefinitely();
    }
}
