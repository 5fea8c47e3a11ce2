package io.snowball.launcher.demo;

import io.snowball.launcher.people.Person;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The purchases of the CDNOW sample, moved in time so that the last of them were made on a given day, as the CSV files that
 * {@code /api/v1/imports} takes. Customers are the people of the file with invented names.
 */
final class CdnowSample {
    private static final LocalDate LAST_DAY = LocalDate.of(1998, 6, 30);
    private static final String FILE = "/demo/CDNOW_sample.txt";

    private final List<Purchase> purchases;

    private CdnowSample(List<Purchase> purchases) {
        this.purchases = purchases;
    }

    /** @param customer the id in the whole base; {@code line} counts from 1 */
    record Purchase(int line, String customer, LocalDate on, int discs, BigDecimal amount) {
        String externalId() {
            return "cdnow-" + line;
        }
    }

    static CdnowSample endingOn(LocalDate lastDay) {
        long days = ChronoUnit.DAYS.between(LAST_DAY, lastDay);
        try (InputStream file = CdnowSample.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing from the launcher's jar");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII));
            List<String> lines = reader.lines().filter(line -> !line.isBlank()).toList();
            List<Purchase> purchases = new java.util.ArrayList<>(lines.size());
            for (String line : lines) {
                purchases.add(parse(purchases.size() + 1, line, days));
            }
            return new CdnowSample(List.copyOf(purchases));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Purchase parse(int number, String line, long days) {
        String[] column = line.strip().split("\\s+");
        LocalDate on =
                LocalDate.parse(column[2], DateTimeFormatter.BASIC_ISO_DATE).plusDays(days);
        return new Purchase(number, column[0], on, Integer.parseInt(column[3]), new BigDecimal(column[4]));
    }

    List<Purchase> purchases() {
        return purchases;
    }

    int customers() {
        return firstPurchases().size();
    }

    String customersCsv() {
        StringBuilder csv = new StringBuilder(
                "external_id,email,phone,first_name,last_name,sex,birthday,time_zone,language,source,registered_at\n");
        firstPurchases().forEach((customer, on) -> {
            Person person = Person.of(Integer.parseInt(customer));
            csv.append(String.join(
                            ",",
                            "cdnow-" + customer,
                            person.email(),
                            person.phone(),
                            person.firstName(),
                            person.lastName(),
                            person.sex(),
                            person.birthday().toString(),
                            person.timeZone(),
                            "ru",
                            person.source(),
                            noon(on)))
                    .append('\n');
        });
        return csv.toString();
    }

    /** A line is an order: so many discs at one price, and the kopecks that do not divide given as a discount. */
    String ordersCsv() {
        StringBuilder csv =
                new StringBuilder("order_id,customer_id,ordered_at,status,sku,quantity,price,discount,channel\n");
        for (Purchase purchase : purchases) {
            BigDecimal discs = BigDecimal.valueOf(purchase.discs());
            BigDecimal price = purchase.amount().divide(discs, 2, java.math.RoundingMode.CEILING);
            BigDecimal discount = price.multiply(discs).subtract(purchase.amount());
            csv.append(String.join(
                            ",",
                            purchase.externalId(),
                            "cdnow-" + purchase.customer(),
                            noon(purchase.on()),
                            "PAID",
                            "CD",
                            String.valueOf(purchase.discs()),
                            price.toPlainString(),
                            discount.toPlainString(),
                            "site"))
                    .append('\n');
        }
        return csv.toString();
    }

    private Map<String, LocalDate> firstPurchases() {
        Map<String, LocalDate> first = new TreeMap<>();
        for (Purchase purchase : purchases) {
            first.merge(purchase.customer(), purchase.on(), (a, b) -> a.isBefore(b) ? a : b);
        }
        return first;
    }

    private static String noon(LocalDate day) {
        return day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC).toString();
    }
}
