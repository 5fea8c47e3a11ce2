package io.snowball.segmentation.retail;

import io.snowball.platform.id.Ids;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

/**
 * Online Retail as a book: customers with their invoices in the order of time. The tests go through it by hand, invoice by invoice,
 * to say what a report must be; nothing here knows of SQL.
 */
public final class RetailBook {
    private static final List<Buyer> BUYERS = read();

    private RetailBook() {}

    public record Item(String sku, int quantity, BigDecimal amount) {
        public long pence() {
            return RetailBook.pence(amount);
        }
    }

    public record Invoice(UUID id, Instant at, List<Item> items) {
        public long pence() {
            return RetailBook.pence(items.stream().map(Item::amount).reduce(BigDecimal.ZERO, BigDecimal::add));
        }

        public LocalDate day() {
            return LocalDate.ofInstant(at, ZoneOffset.UTC);
        }

        /** Both inclusive. */
        public boolean in(String from, String to) {
            return !day().isBefore(LocalDate.parse(from)) && !day().isAfter(LocalDate.parse(to));
        }

        public boolean before(String day) {
            return day().isBefore(LocalDate.parse(day));
        }

        public boolean within(Invoice later, int days) {
            return later.at.isAfter(at) && !later.at.isAfter(at.plus(Duration.ofDays(days)));
        }

        /** Whether so many days after it are over before the day after this. */
        public boolean watched(int days, String to) {
            return at.plus(Duration.ofDays(days))
                    .isBefore(LocalDate.parse(to).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        }
    }

    /** @param number of the customer in the file */
    public record Buyer(String number, UUID id, List<Invoice> invoices) {
        public Invoice first() {
            return invoices.getFirst();
        }

        public List<Invoice> in(String from, String to) {
            return invoices.stream().filter(i -> i.in(from, to)).toList();
        }

        public List<Invoice> until(String to) {
            return invoices.stream().filter(i -> i.in("2000-01-01", to)).toList();
        }
    }

    public static List<Buyer> buyers() {
        return BUYERS;
    }

    public static List<Invoice> invoices(String from, String to) {
        return BUYERS.stream().flatMap(b -> b.in(from, to).stream()).toList();
    }

    public static long pence(List<Invoice> invoices) {
        return invoices.stream().mapToLong(Invoice::pence).sum();
    }

    private static long pence(BigDecimal pounds) {
        return pounds.movePointRight(2).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    private static List<Buyer> read() {
        Map<String, Buyer> buyers = new LinkedHashMap<>();
        try (var reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(
                        Objects.requireNonNull(RetailBook.class.getResourceAsStream("/online-retail/lines.csv.gz"))),
                StandardCharsets.UTF_8))) {
            for (String head = reader.readLine(); head != null; head = reader.readLine()) {
                String[] invoice = head.split(",");
                List<Item> items = new ArrayList<>();
                for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                    String[] item = line.split(",");
                    BigDecimal amount = new BigDecimal(item[2]).multiply(new BigDecimal(item[1]));
                    items.add(new Item(item[0], Integer.parseInt(item[1]), amount));
                }
                buyers.computeIfAbsent(invoice[0], number -> new Buyer(number, Ids.next(), new ArrayList<>()))
                        .invoices()
                        .add(new Invoice(Ids.next(), Instant.parse(invoice[1] + ":00Z"), items));
            }
            return List.copyOf(buyers.values());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
