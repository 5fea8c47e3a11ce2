package io.snowball.campaign;

import io.snowball.campaign.mail.DkimKey;
import io.snowball.campaign.mail.DkimSigner;
import io.snowball.campaign.mail.Mail;
import io.snowball.campaign.mail.Mailbox;
import io.snowball.campaign.mail.MimeWriter;
import io.snowball.campaign.mail.TransferEncoding;
import io.snowball.campaign.smtp.Envelope;
import io.snowball.campaign.smtp.Fate;
import io.snowball.campaign.smtp.Outcome;
import io.snowball.campaign.smtp.SmtpClient;
import io.snowball.campaign.smtp.SmtpSettings;
import io.snowball.campaign.template.EmailTemplate;
import io.snowball.campaign.template.Links;
import io.snowball.campaign.template.Variables;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Messages a second into a sink, for people, not for the build. Start {@code smtp-sink 127.0.0.1:2600 1000}, compare with
 * {@code smtp-source -d -s 10 -l 6000 -m 100000 127.0.0.1:2600}. Arguments: port, messages, connections.
 */
final class MailThroughput {
    private static final int BATCH = 500;
    private static final int WORKERS = 2;

    private MailThroughput() {}

    public static void main(String[] args) throws Exception {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 2600;
        int messages = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
        int connections = args.length > 2 ? Integer.parseInt(args[2]) : 4;
        Vertx vertx = Vertx.vertx();
        SmtpClient client =
                new SmtpClient(vertx, SmtpSettings.of("127.0.0.1", port).withConnectionsMax(connections));

        // Outside Quarkus two threads may not be the first to use Mutiny.
        client.handOver(List.of(), () -> true).await().indefinitely();
        byte[] ready = ready();
        for (int round = 0; round < 2; round++) {
            report("ready messages of " + ready.length + " bytes", messages, run(client, messages, _ -> ready));
        }
        EmailTemplate template = template();
        for (TransferEncoding encoding : TransferEncoding.values()) {
            MimeWriter writer = new MimeWriter(encoding, Optional.empty());
            report(
                    "rendered, unsigned, " + encoding,
                    messages,
                    run(client, messages, i -> message(template, writer, i)));
        }
        for (String algorithm : List.of("RSA", "Ed25519")) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("RSA")) {
                generator.initialize(2048);
            }
            DkimKey key = new DkimKey(
                    "shop.example", "s1", generator.generateKeyPair().getPrivate(), Optional.empty());
            MimeWriter writer = new MimeWriter(TransferEncoding.EIGHT_BIT, Optional.of(new DkimSigner(List.of(key))));
            report(
                    "rendered, DKIM " + algorithm + " of the JDK",
                    messages / 5,
                    run(client, messages / 5, i -> message(template, writer, i)));
        }
        client.close().await().indefinitely();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private interface Messages {
        byte[] of(int i);
    }

    /** Each worker prepares a batch while its last one is handed over. */
    private static double run(SmtpClient client, int messages, Messages source) {
        long start = System.nanoTime();
        try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
            for (int w = 0; w < WORKERS; w++) {
                int worker = w;
                workers.execute(() -> work(client, messages / WORKERS / BATCH, worker * messages, source));
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static void work(SmtpClient client, int batches, int from, Messages source) {
        CompletableFuture<List<Outcome>> before = CompletableFuture.completedFuture(List.of());
        for (int b = 0; b < batches; b++) {
            List<Envelope> batch = new ArrayList<>(BATCH);
            for (int i = 0; i < BATCH; i++) {
                batch.add(new Envelope(
                        UUID.randomUUID(),
                        "bounce@shop.example",
                        "c" + i + "@example.ru",
                        source.of(from + b * BATCH + i)));
            }
            CompletableFuture<List<Outcome>> next =
                    client.handOver(batch, () -> true).subscribeAsCompletionStage();
            check(before.join());
            before = next;
        }
        check(before.join());
    }

    private static void check(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (outcome.fate() != Fate.ACCEPTED) {
                throw new IllegalStateException(outcome.toString());
            }
        }
    }

    private static void report(String what, int messages, double seconds) {
        System.out.printf("%-50s %,9.0f messages/s%n", what, messages / seconds);
    }

    private static byte[] ready() {
        StringBuilder text = new StringBuilder("Subject: x\r\n\r\n");
        while (text.length() < 6000) {
            text.append("0123456789012345678901234567890123456789012345678901234567890\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static EmailTemplate template() {
        String paragraph =
                "<p style=\"margin:0 0 12px\">Для вас, {{ customer.first_name }}, скидка {{ customer.bonus }} %.</p>\n";
        String html = "<html><body>\n" + paragraph.repeat(20)
                + "{% for p in products %}<a href=\"https://shop.example/p/{{ p.id }}\">{{ p.title }}</a>\n{% endfor %}"
                + "</body></html>\n";
        return EmailTemplate.compile(
                new EmailTemplate.Source("{{ customer.first_name }}, ваша скидка", html, Optional.empty()),
                Variables.of("customer.first_name", "customer.bonus", "products.*"));
    }

    private static byte[] message(EmailTemplate template, MimeWriter writer, int i) {
        List<Map<String, Object>> products = IntStream.range(0, 6)
                .<Map<String, Object>>mapToObj(p -> Map.of("id", p, "title", "Товар " + p))
                .toList();
        Links links = new Links(
                url -> "https://go.example/c/" + Integer.toHexString(url.hashCode()) + i,
                Optional.of("https://go.example/o/" + i),
                Optional.of("https://go.example/u/" + i));
        var rendered = template.render(
                Map.of("customer", Map.of("first_name", "Анна" + i, "bonus", i % 50), "products", products), links);
        return writer.write(new Mail(
                new UUID(0x7000, i),
                Instant.EPOCH.plusSeconds(i),
                Mailbox.of("news@shop.example", "Магазин"),
                Mailbox.of("c" + i + "@example.ru"),
                Optional.empty(),
                rendered.subject(),
                rendered.text(),
                rendered.html(),
                Optional.of(URI.create("https://go.example/u/" + i)),
                Optional.of("c1:g1:promo:snowball"),
                true));
    }
}
