package io.snowball.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What no peer shows: a sender killed in the middle, a withdrawal in mid-campaign, a consent service that is away (T1, T11). */
class DispatchTest {
    private static final int KILLS = 10;
    /** More than are sent between ten starts of a cold process, so that most kills hit a campaign that is under way. */
    private static final int MESSAGES = 10_000;

    private final Snowball snowball = Snowball.running();

    @Test
    void sendsEachMessageOnceThroughTenKills() throws InterruptedException {
        Campaigns campaigns = new Campaigns(snowball.api()).withConsentingCustomers(MESSAGES);
        String campaign = campaigns.prepared();
        campaigns.launch(campaign);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int inTheMiddle = 0;
        long inFlight = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            inTheMiddle += campaigns.report(campaign).path("state").asText().equals("COMPLETED") ? 0 : 1;
            Thread.sleep(random.nextInt(50, 1_500));
            snowball.system().kill("campaign");
            inFlight += snowball.count("campaign", "select coalesce(sum(cardinality(handing)), 0) from dispatch_lease");
            snowball.system().startAgain("campaign");
        }
        Campaigns.until(() -> campaigns.report(campaign).path("state").asText().equals("COMPLETED"));

        assertThat(inTheMiddle).as("kills before the campaign was over").isGreaterThanOrEqualTo(KILLS / 2);
        JsonNode report = campaigns.report(campaign);
        List<Inbox.Arrived> arrived = Inbox.of(snowball.mailbox(), campaigns.name());
        long distinct = arrived.stream().map(Inbox.Arrived::address).distinct().count();
        assertThat(arrived.size() - distinct)
                .as("mails that came twice (seed %d)", seed)
                .isZero();
        assertThat(report.path("planned").asLong()).isEqualTo(MESSAGES);
        assertThat(report.path("sent").asLong() + report.path("uncertain").asLong())
                .as("nothing lost: %s", report)
                .isEqualTo(MESSAGES);
        assertThat(distinct)
                .as("every message sent came, and some uncertain ones")
                .isBetween(
                        report.path("sent").asLong(),
                        report.path("sent").asLong() + report.path("uncertain").asLong());
        assertThat(report.path("uncertain").asLong())
                .as("never more than were in flight when it was killed")
                .isLessThanOrEqualTo(inFlight);
    }

    @Test
    void handsOverNothingLaterThanASecondAfterAWithdrawal() throws InterruptedException {
        Campaigns campaigns = new Campaigns(snowball.api()).withConsentingCustomers(4_000);
        String campaign = campaigns.prepared();
        campaigns.launch(campaign);
        Campaigns.until(() -> campaigns.report(campaign).path("sent").asLong() > 0);
        Map<String, Instant> acknowledged = new HashMap<>();
        List<String> customers = campaigns.customers();
        for (int i = 0; i < 150; i++) {
            String customer = customers.get(i * (customers.size() / 150));
            campaigns.withdraw(customer);
            acknowledged.put(customer, Instant.now());
        }
        Campaigns.until(() -> campaigns.report(campaign).path("state").asText().equals("COMPLETED"));

        long silenced = StreamSupport.stream(
                        campaigns.report(campaign).path("suppressedByReason").spliterator(), false)
                .filter(reason -> reason.path("reason").asText().equals("WITHDRAWN"))
                .mapToLong(reason -> reason.path("customers").asLong())
                .sum();
        assertThat(silenced).as("withdrawals before their mail was due").isPositive();
        Map<String, String> addresses = campaigns.addresses();
        List<Inbox.Arrived> arrived = Inbox.of(snowball.mailbox(), campaigns.name());
        acknowledged.forEach((customer, at) -> assertThat(arrived)
                .filteredOn(mail -> mail.address().equals(addresses.get(customer)))
                .as("mail to who had withdrawn")
                .allMatch(mail -> !mail.at().isAfter(at.plusSeconds(1))));
        assertThat(arrived.stream().map(Inbox.Arrived::address).distinct().count())
                .isEqualTo(arrived.size());
    }

    @Test
    void sendsNothingAndLosesNothingWhileConsentIsDown() throws InterruptedException {
        Campaigns campaigns = new Campaigns(snowball.api()).withConsentingCustomers(300);
        String campaign = campaigns.prepared();
        snowball.system().kill("consent");
        campaigns.launch(campaign);
        Campaigns.until(() -> campaigns.report(campaign).path("planned").asLong() == 300);
        Thread.sleep(3_000);
        assertThat(campaigns.report(campaign).path("sent").asLong()).isZero();
        assertThat(Inbox.of(snowball.mailbox(), campaigns.name())).isEmpty();

        snowball.system().startAgain("consent");
        Campaigns.until(() -> campaigns.report(campaign).path("state").asText().equals("COMPLETED"));
        assertThat(campaigns.report(campaign).path("sent").asLong()).isEqualTo(300);
        assertThat(Inbox.of(snowball.mailbox(), campaigns.name())).hasSize(300);
    }
}
