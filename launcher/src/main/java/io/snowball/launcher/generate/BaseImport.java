package io.snowball.launcher.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.launcher.api.SnowballApi;
import io.snowball.launcher.installation.Progress;
import io.snowball.launcher.machine.Trouble;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/** Loads a base into a running system while it is being made: no file, and no faster way in than the product's own. */
public final class BaseImport {
    private static final int PIPE = 1 << 20;

    private BaseImport() {}

    public static void send(SnowballApi api, CustomerBase base, Progress progress) {
        send(api, "CUSTOMERS", base::writeCustomers, base.customers(), progress);
        send(api, "ORDERS", base::writeOrders, base.orders(), progress);
    }

    private interface Content {
        void writeTo(Writer out) throws IOException;
    }

    private static void send(SnowballApi api, String kind, Content content, long records, Progress progress) {
        ObjectNode wanted = api.json().createObjectNode().put("kind", kind).put("format", "CSV");
        String id = api.post("/api/v1/imports", wanted, UUID.randomUUID())
                .path("id")
                .asText();
        Instant began = Instant.now();
        JsonNode done = api.putStream("/api/v1/imports/" + id + "/content", "text/csv", written(content));
        if (done.path("accepted").asLong() + done.path("unchanged").asLong() != records) {
            throw new Trouble("Not all of " + records + " " + kind + " were taken: " + done);
        }
        Duration took = Duration.between(began, Instant.now());
        progress.done(kind, took, records + ", " + 1000 * records / Math.max(1, took.toMillis()) + " a second");
    }

    /** Who reads slowly holds up who writes: nothing piles up between them. */
    private static Supplier<InputStream> written(Content content) {
        return () -> {
            try {
                PipedInputStream in = new PipedInputStream(PIPE);
                PipedOutputStream pipe = new PipedOutputStream(in);
                Thread.ofPlatform().daemon().name("generator").start(() -> {
                    try (Writer out =
                            new BufferedWriter(new OutputStreamWriter(pipe, StandardCharsets.UTF_8), 1 << 16)) {
                        content.writeTo(out);
                    } catch (IOException _) {
                        // Who read has gone away, and says so.
                    }
                });
                return in;
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        };
    }
}
