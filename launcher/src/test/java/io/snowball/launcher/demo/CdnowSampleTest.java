package io.snowball.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CdnowSampleTest {
    private final CdnowSample sample = CdnowSample.endingOn(LocalDate.of(2026, 11, 20));

    @Test
    void holdsThePublishedNumberOfCustomersAndPurchases() {
        assertThat(sample.customers()).isEqualTo(2357);
        assertThat(sample.purchases()).hasSize(6919);
        assertThat(sample.purchases().stream()
                        .map(CdnowSample.Purchase::amount)
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("244091.94");
    }

    @Test
    void movesAllDaysByOneNumberOfDays() {
        List<LocalDate> days = sample.purchases().stream()
                .map(CdnowSample.Purchase::on)
                .sorted()
                .toList();
        assertThat(days.getLast()).isEqualTo(LocalDate.of(2026, 11, 20));
        // 1997-01-01 to 1998-06-30 are 545 days.
        assertThat(days.getFirst()).isEqualTo(LocalDate.of(2026, 11, 20).minusDays(545));
    }

    @Test
    void writesOrdersWhoseLinesAddUpToTheAmountOfThePurchase() {
        List<String[]> rows =
                sample.ordersCsv().lines().skip(1).map(line -> line.split(",")).toList();
        assertThat(rows).hasSize(6919);
        BigDecimal sum = rows.stream()
                .map(row ->
                        new BigDecimal(row[6]).multiply(new BigDecimal(row[5])).subtract(new BigDecimal(row[7])))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualByComparingTo("244091.94");
        assertThat(rows).allMatch(row -> new BigDecimal(row[7]).signum() >= 0);
    }

    @Test
    void givesEveryCustomerAnAddressOfItsOwnThatBelongsToNobody() {
        List<String> addresses = sample.customersCsv()
                .lines()
                .skip(1)
                .map(line -> Arrays.asList(line.split(",")).get(1))
                .toList();
        assertThat(addresses)
                .hasSize(2357)
                .doesNotHaveDuplicates()
                .allMatch(address -> address.endsWith("@example.com"));
    }
}
