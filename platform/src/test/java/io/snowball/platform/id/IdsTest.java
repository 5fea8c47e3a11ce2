package io.snowball.platform.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdsTest {
    @Test
    void sortInTheOrderTheyWereMadeAndNeverRepeat() {
        var ids =
                IntStream.range(0, 100_000).mapToObj(_ -> Ids.next().toString()).toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void areVersionSevenOfTheStandardVariantAndCarryTheTime() {
        long before = System.currentTimeMillis();
        UUID id = Ids.next();
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, before + 60_000);
    }
}
