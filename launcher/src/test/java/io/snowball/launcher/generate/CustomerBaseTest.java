package io.snowball.launcher.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomerBaseTest {
    private static final LocalDate UNTIL = LocalDate.of(2026, 10, 31);

    @TempDir
    Path folder;

    @Test
    void isTheSameForTheSameNumbers() throws IOException {
        assertThat(orders("a", 500, 2_000)).isEqualTo(orders("b", 500, 2_000));
    }

    @Test
    void letsEverybodyBuyAndMostOfThemOnce() throws IOException {
        Map<String, Integer> orders = new HashMap<>();
        orders("a", 2_000, 6_000).stream()
                .map(line -> line.split(","))
                .collect(java.util.stream.Collectors.toMap(row -> row[0], row -> row[1], (a, b) -> a))
                .values()
                .forEach(customer -> orders.merge(customer, 1, Integer::sum));
        assertThat(orders).hasSize(2_000);
        assertThat(orders.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(6_000);
        assertThat(orders.values().stream().filter(n -> n == 1).count()).isGreaterThanOrEqualTo(1_200);
        int best = orders.values().stream()
                .sorted(java.util.Comparator.reverseOrder())
                .limit(200)
                .mapToInt(Integer::intValue)
                .sum();
        assertThat(best)
                .as("a tenth of the customers make about half of the orders")
                .isBetween(2_000, 4_200);
    }

    @Test
    void keepsTheLinesOfAnOrderTogetherAndTheOrdersInTheOrderOfTime() throws IOException {
        List<String> lines = orders("a", 300, 1_000);
        List<String> times = lines.stream().map(line -> line.split(",")[2]).toList();
        assertThat(times).isSorted();
        List<String> ids = lines.stream().map(line -> line.split(",")[0]).toList();
        long changes = 1;
        for (int i = 1; i < ids.size(); i++) {
            changes += ids.get(i).equals(ids.get(i - 1)) ? 0 : 1;
        }
        assertThat(changes).isEqualTo(1_000);
    }

    @Test
    void refusesFewerOrdersThanCustomers() {
        assertThatThrownBy(() -> new CustomerBase(10, 9, UNTIL)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> orders(String name, int customers, int orders) throws IOException {
        Path file = folder.resolve(name);
        new CustomerBase(customers, orders, UNTIL).writeOrders(file);
        return Files.readAllLines(file).stream().skip(1).toList();
    }
}
