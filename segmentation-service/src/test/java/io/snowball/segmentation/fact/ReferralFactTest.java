package io.snowball.segmentation.fact;

import static io.snowball.segmentation.fact.FactFixtures.answer;
import static io.snowball.segmentation.fact.FactFixtures.customer;
import static io.snowball.segmentation.fact.FactFixtures.merge;
import static io.snowball.segmentation.fact.FactFixtures.referral;
import static io.snowball.segmentation.retail.OnlineRetail.decimal;
import static io.snowball.segmentation.retail.OnlineRetail.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.snowball.platform.id.Ids;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.segmentation.TestClock;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who invited whom, as customer-service tells it. Each test has a year of its own. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class ReferralFactTest {
    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    @Test
    @DisplayName("G9: penetration by referrals: who was invited, first ordered in the period, and their revenue")
    void g09CountsWhoCameByInvitation() {
        UUID inviter = buyer("2017-01-05", 1);
        UUID came = buyer("2017-05-10", 2);
        UUID boughtBefore = buyer("2017-02-10", 1);
        UUID neverBought = buyer("2017-05-10", 0);
        UUID itself = buyer("2017-05-11", 1);
        UUID nextMonth = buyer("2017-06-11", 3);
        facts.apply(
                referral(Ids.next(), inviter, came, "REWARDED", at("2017-04-20"), 2),
                referral(Ids.next(), inviter, boughtBefore, "PENDING", at("2017-05-01"), 1),
                referral(Ids.next(), boughtBefore, neverBought, "PENDING", at("2017-05-31"), 1),
                referral(Ids.next(), inviter, itself, "VOID", at("2017-05-01"), 2),
                referral(Ids.next(), came, nextMonth, "REWARDED", at("2017-06-02"), 2));
        JsonPath may = report("ansoff?from=2017-05-01&to=2017-05-31");
        assertThat(may.getLong("penetration.referrals.invitations")).isEqualTo(2);
        assertThat(may.getLong("penetration.referrals.inviters")).isEqualTo(2);
        assertThat(may.getLong("penetration.referrals.newCustomers")).isOne();
        assertThat(decimal(may, "penetration.referrals.revenue")).isEqualByComparingTo("200");
        assertThat(may.getLong("penetration.referrals.newCustomersBefore")).isZero();
        JsonPath june = report("ansoff?from=2017-06-01&to=2017-06-30");
        assertThat(june.getLong("penetration.referrals.invitations")).isOne();
        assertThat(june.getLong("penetration.referrals.newCustomers")).isOne();
        assertThat(decimal(june, "penetration.referrals.revenue")).isEqualByComparingTo("300");
        assertThat(june.getLong("penetration.referrals.newCustomersBefore")).isOne();
        assertThat(decimal(june, "penetration.referrals.revenueBefore")).isEqualByComparingTo("200");
    }

    @Test
    @DisplayName("G1, G15: the loyal are advocates also by whom they invited, where they were not asked")
    void g15WhoInvitesSpeaksWell() {
        long before = advocates("2018-12-31");
        UUID asked = loyal("2018-02-01");
        facts.apply(answer(Ids.next(), asked, "NPS", "3", at("2018-03-01")));
        invited(asked, "REWARDED", "2018-03-01");
        UUID pending = loyal("2018-02-01");
        invited(pending, "PENDING", "2018-03-01");
        UUID rare = buyer("2018-02-01", 2);
        invited(rare, "REWARDED", "2018-03-01");
        assertThat(advocates("2018-12-31")).isEqualTo(before);

        UUID silent = loyal("2018-02-01");
        UUID referral = invited(silent, "PENDING", "2018-03-01");
        facts.apply(referral(referral, silent, silent, "REWARDED", at("2018-05-01"), 3));
        assertThat(advocates("2018-12-31")).isEqualTo(before + 1);
        assertThat(advocates("2018-04-30")).as("nobody had bought by then").isEqualTo(advocates("2018-02-28"));
        // Told late: an older version changes nothing.
        facts.apply(referral(referral, silent, silent, "PENDING", at("2018-05-01"), 2));
        assertThat(advocates("2018-12-31")).isEqualTo(before + 1);
    }

    @Test
    @DisplayName("G15: referrals go over to who stays, come back, and are gone with who is erased")
    void g15FollowsMergesAndErasures() {
        UUID stays = loyal("2021-02-01");
        UUID other = buyer("2021-02-01", 0);
        UUID friend = buyer("2021-04-01", 1);
        UUID alias = buyer("2021-04-01", 0);
        UUID referral = Ids.next();
        facts.apply(referral(referral, other, alias, "PENDING", at("2021-03-01"), 1));
        long before = advocates("2021-12-31");
        long came = newCustomers();
        UUID one = Ids.next();
        UUID two = Ids.next();
        facts.apply(merge("customer.merged", one, other, stays), merge("customer.merged", two, alias, friend));
        assertThat(newCustomers()).as("the invited one is the friend").isEqualTo(came + 1);
        // Told by who has not heard of the merges.
        facts.apply(referral(referral, other, alias, "REWARDED", at("2021-04-01"), 2));
        assertThat(advocates("2021-12-31")).isEqualTo(before + 1);
        assertThat(newCustomers()).isEqualTo(came + 1);

        facts.apply(customer(other, at("2021-02-01"), null), merge("customer.unmerged", one, other, stays));
        assertThat(advocates("2021-12-31")).isEqualTo(before);
        assertThat(newCustomers()).isEqualTo(came + 1);
        facts.apply(merge("customer.merged", Ids.next(), other, stays));
        assertThat(advocates("2021-12-31")).isEqualTo(before + 1);
        facts.apply(FactFixtures.event(
                "customer.erased", friend, JsonNodeFactory.instance.objectNode().put("customerId", friend.toString())));
        facts.apply(referral(referral, stays, friend, "REWARDED", at("2021-04-01"), 9));
        assertThat(advocates("2021-12-31")).isEqualTo(before);
        assertThat(newCustomers()).isEqualTo(came);
    }

    private UUID loyal(String day) {
        return buyer(day, 4);
    }

    private UUID buyer(String day, int orders) {
        UUID id = Ids.next();
        facts.apply(customer(id, at(day), null));
        for (int i = 0; i < orders; i++) {
            facts.order(id, at(day).plusSeconds(3600L * i), 100_00);
        }
        return id;
    }

    private UUID invited(UUID inviter, String state, String day) {
        UUID referral = Ids.next();
        facts.apply(referral(referral, inviter, Ids.next(), state, at(day), 1));
        return referral;
    }

    private static long advocates(String day) {
        return report("loyalty-funnel?from=2017-01-01&compare=NONE&to=" + day)
                .getLong("levels.find { it.level == 'ADVOCATE' }.customers");
    }

    private static long newCustomers() {
        return report("ansoff?from=2021-04-01&to=2021-04-30").getLong("penetration.referrals.newCustomers");
    }

    private static Instant at(String day) {
        return Instant.parse(day + "T10:00:00Z");
    }
}
