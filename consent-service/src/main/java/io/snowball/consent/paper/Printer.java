package io.snowball.consent.paper;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** Papers as files, made beside the event loop. */
@ApplicationScoped
public class Printer {
    private final Vertx vertx;

    Printer(Vertx vertx) {
        this.vertx = vertx;
    }

    public Uni<Printed> print(Paper paper, Instant createdAt) {
        return vertx.executeBlocking(() -> printed(paper, createdAt), false);
    }

    static Printed printed(Paper paper, Instant createdAt) {
        byte[] pdf = PaperPdf.of(paper, createdAt);
        return new Printed(paper.title(), Buffer.buffer(pdf), PaperHtml.of(paper), sha256(pdf));
    }

    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
