package io.snowball.segmentation.prediction;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The purchases of CDNOW and what was published of them. */
final class Cdnow {
    static final LocalDate CALIBRATION_END = LocalDate.of(1997, 9, 30);
    static final LocalDate END = LocalDate.of(1998, 6, 30);

    private Cdnow() {}

    record Line(int customer, LocalDate on, long cents) {}

    /** What a customer spent, by day: purchases of one day are one. */
    record Customer(int id, SortedMap<LocalDate, Long> days) {
        PurchaseHistory until(LocalDate end) {
            SortedMap<LocalDate, Long> seen = days.headMap(end.plusDays(1));
            return new PurchaseHistory(
                    seen.size() - 1, weeks(seen.firstKey(), seen.lastKey()), weeks(seen.firstKey(), end));
        }

        /** In dollars, of the purchases after the first. */
        double meanRepeat(LocalDate end) {
            return days.headMap(end.plusDays(1)).values().stream()
                            .skip(1)
                            .mapToLong(Long::longValue)
                            .average()
                            .orElse(0)
                    / 100;
        }

        int purchasesAfter(LocalDate end) {
            return days.tailMap(end.plusDays(1)).size();
        }
    }

    private static double weeks(LocalDate from, LocalDate to) {
        return ChronoUnit.DAYS.between(from, to) / 7.0;
    }

    static List<Line> lines() {
        return read("CDNOW_sample.txt").stream()
                .map(line -> line.strip().split("\\s+"))
                .map(columns -> new Line(
                        Integer.parseInt(columns[1]),
                        LocalDate.parse(columns[2], DateTimeFormatter.BASIC_ISO_DATE),
                        new BigDecimal(columns[4]).movePointRight(2).longValueExact()))
                .toList();
    }

    static List<Customer> customers() {
        Map<Integer, TreeMap<LocalDate, Long>> days = new TreeMap<>();
        lines().forEach(line ->
                days.computeIfAbsent(line.customer, _ -> new TreeMap<>()).merge(line.on, line.cents, Long::sum));
        return days.entrySet().stream()
                .map(entry -> new Customer(entry.getKey(), entry.getValue()))
                .toList();
    }

    static List<PurchaseHistory> calibration() {
        return customers().stream()
                .map(customer -> customer.until(CALIBRATION_END))
                .toList();
    }

    /** Of the 946 who bought again for money in the calibration period. */
    static List<Fitting.Spend> spends() {
        return customers().stream()
                .map(customer -> new Fitting.Spend(
                        customer.until(CALIBRATION_END).repeats(), customer.meanRepeat(CALIBRATION_END)))
                .filter(spend -> spend.mean() > 0)
                .toList();
    }

    /** A table with a head, each row by the names of its columns. */
    static List<Map<String, Double>> table(String file) {
        List<String> lines = read(file);
        List<String> head = Arrays.asList(lines.getFirst().split(","));
        return lines.stream().skip(1).map(line -> row(head, line.split(","))).toList();
    }

    private static Map<String, Double> row(List<String> head, String[] cells) {
        return head.stream().collect(Collectors.toMap(name -> name, name -> Double.valueOf(cells[head.indexOf(name)])));
    }

    private static List<String> read(String file) {
        try (var reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Cdnow.class.getResourceAsStream("/cdnow/" + file)), StandardCharsets.UTF_8))) {
            return new ArrayList<>(
                    reader.lines().filter(line -> !line.isBlank()).toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
