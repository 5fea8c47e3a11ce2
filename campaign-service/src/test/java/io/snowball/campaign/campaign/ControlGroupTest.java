package io.snowball.campaign.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.snowball.platform.id.Ids;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ControlGroupTest {
    private final List<UUID> customers =
            Stream.generate(Ids::next).limit(100_000).toList();

    @Test
    void holdsOutItsShareOfIdsThatFollowEachOther() {
        for (double share : new double[] {0.01, 0.1, 0.5}) {
            double held = held(new ControlGroup(Ids.next(), share));
            // Five standard deviations: one run in two million is outside.
            assertThat(held).isCloseTo(share, within(5 * Math.sqrt(share * (1 - share) / customers.size())));
        }
        assertThat(held(new ControlGroup(Ids.next(), 0))).isZero();
    }

    @Test
    void isTheSameHoweverOftenItIsAsked() {
        UUID salt = UUID.fromString("01900000-0000-7000-8000-00000000000a");
        ControlGroup group = new ControlGroup(salt, 0.5);
        ControlGroup again = new ControlGroup(salt, 0.5);
        assertThat(customers).allMatch(customer -> group.contains(customer) == again.contains(customer));
        // Written down: a changed hash would mix the groups of campaigns that are under way.
        assertThat(Stream.of(1, 2, 3, 4, 5, 6, 7, 8).map(n -> group.contains(new UUID(0, n))))
                .containsExactly(true, false, false, true, true, false, true, true);
    }

    @Test
    void growsWithItsShareAndIsIndependentOfOtherCampaigns() {
        UUID salt = Ids.next();
        ControlGroup small = new ControlGroup(salt, 0.1);
        ControlGroup large = new ControlGroup(salt, 0.2);
        assertThat(customers.stream().filter(small::contains)).allMatch(large::contains);

        ControlGroup other = new ControlGroup(Ids.next(), 0.1);
        double both = customers.stream()
                        .filter(small::contains)
                        .filter(other::contains)
                        .count()
                / (double) customers.size();
        assertThat(both).isCloseTo(0.01, within(0.002));
    }

    private double held(ControlGroup group) {
        return customers.stream().filter(group::contains).count() / (double) customers.size();
    }
}
