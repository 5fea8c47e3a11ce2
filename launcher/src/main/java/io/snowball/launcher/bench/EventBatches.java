package io.snowball.launcher.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Product views of the customers c0, c1 …, a thousand to a batch; the same number and time give the same batch. */
final class EventBatches {
    static final int SIZE = 1000;

    private final String name;
    private final int customers;

    /** @param name all ids of these events begin with it and a dash, the number of the batch comes next */
    EventBatches(String name, int customers) {
        this.name = name;
        this.customers = customers;
    }

    record Batch(long number, Instant at) {}

    byte[] json(Batch batch) {
        String second = batch.at().truncatedTo(ChronoUnit.SECONDS).toString();
        String begin = second.substring(0, second.length() - 1);
        StringBuilder json = new StringBuilder(SIZE * 200).append("{\"items\":[");
        for (int i = 0; i < SIZE; i++) {
            long n = batch.number() * SIZE + i;
            json.append(i == 0 ? "" : ",").append("{\"id\":\"").append(name).append('-');
            json.append(batch.number()).append('-').append(i);
            json.append("\",\"type\":\"product_view\",\"occurredAt\":\"")
                    .append(begin)
                    .append('.');
            json.append(Integer.toString(SIZE + i), 1, 4)
                    .append("Z\",\"customerExternalId\":\"c")
                    .append(Math.floorMod(n * 7919, customers));
            json.append("\",\"properties\":{\"sku\":\"SHOES-")
                    .append(n % 1000)
                    .append("\",\"price\":")
                    .append(199 + n % 5000);
            json.append(",\"url\":\"https://shop.example.com/shoes/")
                    .append(n % 1000)
                    .append("\"}}");
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
