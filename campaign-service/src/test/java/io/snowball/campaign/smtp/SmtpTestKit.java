package io.snowball.campaign.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

final class SmtpTestKit {
    static final Vertx VERTX = Vertx.vertx();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private SmtpTestKit() {}

    static SmtpSettings settings(int port) {
        return SmtpSettings.of("127.0.0.1", port)
                .withConnectionsMax(1)
                .withResendsMax(0)
                .withBackOff(Duration.ofMillis(1), Duration.ofMillis(5));
    }

    static Envelope envelope(String subject) {
        return envelope("ivan@example.ru", ("Subject: " + subject + "\r\n\r\nПривет!\r\n").getBytes(UTF_8));
    }

    static Envelope envelope(String to, byte[] message) {
        return new Envelope(UUID.randomUUID(), "bounce@shop.example", to, message);
    }

    static List<Envelope> envelopes(int count) {
        return IntStream.range(0, count).mapToObj(i -> envelope("no. " + i)).toList();
    }

    static List<Outcome> handOver(SmtpClient client, List<Envelope> batch) {
        return handOver(client, batch, () -> true);
    }

    static List<Outcome> handOver(SmtpClient client, List<Envelope> batch, BooleanSupplier gate) {
        return client.handOver(batch, gate).await().atMost(PATIENCE);
    }

    static List<Outcome> once(SmtpSettings settings, List<Envelope> batch) {
        SmtpClient client = new SmtpClient(VERTX, settings);
        List<Outcome> outcomes = handOver(client, batch);
        close(client);
        return outcomes;
    }

    static void close(SmtpClient client) {
        client.close().await().atMost(PATIENCE);
    }
}
