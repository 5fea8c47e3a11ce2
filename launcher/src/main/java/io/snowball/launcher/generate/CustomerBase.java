package io.snowball.launcher.generate;

import io.snowball.launcher.people.Person;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SplittableRandom;

/**
 * A shop's base as it is met in practice: {@value #ONE_TIME_PERCENT} % buy once, and the rest share what is left by a power law,
 * so that a tenth of them make about half of it. Orders come in the order of their time over three years up to a given day.
 */
public final class CustomerBase {
    private static final int ONE_TIME_PERCENT = 60;
    private static final double SKEW = 2.5;
    private static final int DAYS = 3 * 365;
    private static final String[] CHANNELS = {"site", "site", "app", "shop", "marketplace"};
    private static final String[] CATEGORIES = {
        "SHOES", "COATS", "DRESS", "SHIRT", "BAGS", "HATS", "BELTS", "SOCKS", "JEANS", "SCARF"
    };

    private final int customers;
    private final long orders;
    private final Instant from;

    /** @param orders at least as many as customers: everybody bought once */
    public CustomerBase(int customers, long orders, LocalDate lastDay) {
        if (customers < 1 || orders < customers) {
            throw new IllegalArgumentException("A base has at least one customer, and at least one order for each");
        }
        this.customers = customers;
        this.orders = orders;
        this.from =
                lastDay.plusDays(1).minusDays(DAYS).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    public void writeCustomers(Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            writeCustomers(out);
        }
    }

    void writeCustomers(Writer out) throws IOException {
        out.write(
                "external_id,email,phone,first_name,last_name,sex,birthday,time_zone,language,source,registered_at\n");
        String registered = from.toString();
        for (int n = 0; n < customers; n++) {
            Person person = Person.of(n);
            out.append("c").append(Integer.toString(n)).append(',');
            out.append(person.email()).append(',').append(person.phone()).append(',');
            out.append(person.firstName()).append(',').append(person.lastName()).append(',');
            out.append(person.sex())
                    .append(',')
                    .append(person.birthday().toString())
                    .append(',');
            out.append(person.timeZone()).append(",ru,").append(person.source()).append(',');
            out.append(registered).append('\n');
        }
    }

    public void writeOrders(Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            writeOrders(out);
        }
    }

    void writeOrders(Writer out) throws IOException {
        out.write("order_id,customer_id,ordered_at,status,sku,quantity,price,discount,channel\n");
        SplittableRandom random = new SplittableRandom(customers * 31L + orders);
        long step = DAYS * 86_400_000L / orders;
        for (long n = 0; n < orders; n++) {
            Instant at = from.plusMillis(n * step + random.nextLong(Math.max(1, step)));
            writeOrder(out, n, buyer(n, random), at, random);
        }
    }

    public int customers() {
        return customers;
    }

    public long orders() {
        return orders;
    }

    /** Everybody's first order is spread evenly over the years; all others go to those who come back. */
    private int buyer(long n, SplittableRandom random) {
        long firstEvery = orders / customers;
        if (n % firstEvery == 0 && n / firstEvery < customers) {
            return scattered((int) (n / firstEvery));
        }
        int loyal = Math.max(1, customers * (100 - ONE_TIME_PERCENT) / 100);
        return scattered((int) (loyal * Math.pow(random.nextDouble(), SKEW)));
    }

    /** Rank to number, so that the best customers are not the first ones: 7919 is prime, and no base is a multiple of it by mistake. */
    private int scattered(int rank) {
        return customers % 7919 == 0 ? rank : (int) (rank * 7919L % customers);
    }

    private static void writeOrder(Writer out, long n, int buyer, Instant at, SplittableRandom random)
            throws IOException {
        int lines = 1
                + (random.nextInt(100) < 45 ? 1 : 0)
                + (random.nextInt(100) < 20 ? 1 : 0)
                + (random.nextInt(100) < 35 ? 1 : 0);
        String channel = CHANNELS[random.nextInt(CHANNELS.length)];
        String status = random.nextInt(100) < 94 ? "PAID" : random.nextBoolean() ? "CANCELLED" : "RETURNED";
        String time = at.toString();
        for (int line = 0; line < lines; line++) {
            int price = 199_00 + (int) (Math.exp(random.nextDouble() * 4) * 100_00);
            out.append("o")
                    .append(Long.toString(n))
                    .append(",c")
                    .append(Integer.toString(buyer))
                    .append(',');
            out.append(time).append(',').append(status).append(',');
            out.append(CATEGORIES[random.nextInt(CATEGORIES.length)])
                    .append('-')
                    .append(Integer.toString(random.nextInt(1000)));
            out.append(',').append(Integer.toString(1 + random.nextInt(2))).append(',');
            out.append(Integer.toString(price / 100))
                    .append('.')
                    .append(Integer.toString(100 + price % 100), 1, 3)
                    .append(",0.00,")
                    .append(channel)
                    .append('\n');
        }
    }
}
