package io.snowball.campaign.smtp;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.smtp.SmtpSettings.Mode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemTrustOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hands batches of messages over to one mail server. Everything here and in the connections happens on one event loop of its own,
 * which is why there is no lock; it is far from being the limit (docs: a message costs 30 to 45 µs).
 */
public final class SmtpClient {
    static final String GATE_CLOSED = "The decision to send was no longer good.";
    private static final Logger LOG = Logger.getLogger(SmtpClient.class);

    /** So many waiting messages are worth one more connection. */
    private static final int MESSAGES_PER_CONNECTION = 8;

    private final Vertx vertx;
    private final SmtpSettings settings;
    private final Context context;
    private final NetClient net;
    private final Deque<Job> queue = new ArrayDeque<>();
    private final List<SmtpConnection> connections = new ArrayList<>();
    private int connecting;
    private int failures;
    private volatile long notBefore = System.nanoTime();
    /** By a connection that held where another one failed. */
    private volatile boolean served;

    private String lastFailure = "";
    private long timer = -1;
    private boolean closed;
    private final List<Runnable> whenClosed = new ArrayList<>();

    public SmtpClient(Vertx vertx, SmtpSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        context = ((VertxInternal) vertx).createEventLoopContext();
        net = vertx.createNetClient(optionsOf(settings));
    }

    /**
     * Hands over a batch and says what became of each message, in the order given; never fails. {@code mayStillSend} is asked on the
     * event loop right before a message's envelope is written and again right before its body is: once it says no, the rest of the
     * batch is NOT_SENT. Batches may overlap; they share the connections.
     */
    public Uni<List<Outcome>> handOver(List<Envelope> batch, BooleanSupplier mayStillSend) {
        List<Envelope> envelopes = List.copyOf(batch);
        return Uni.createFrom().emitter(emitter -> {
            Context caller = Vertx.currentContext();
            Consumer<List<Outcome>> whenDone = outcomes -> on(caller, () -> emitter.complete(outcomes));
            if (envelopes.isEmpty()) {
                whenDone.accept(List.of());
            } else {
                context.runOnContext(_ -> start(new Batch(envelopes, mayStillSend, whenDone)));
            }
        });
    }

    /** No while nothing is connected and the next try is still to come. May be asked from any thread. */
    public boolean isReady() {
        return served || System.nanoTime() - notBefore >= 0;
    }

    /** Takes no more, lets what is under way finish, says QUIT. */
    public Uni<Void> close() {
        return Uni.createFrom().emitter(emitter -> {
            Context caller = Vertx.currentContext();
            context.runOnContext(_ -> shutDown(() -> on(caller, () -> emitter.complete(null))));
        });
    }

    /** A caller with a context of its own goes on there: its database session lives on it. */
    private void on(@Nullable Context caller, Runnable action) {
        (caller == null ? context : caller).runOnContext(_ -> action.run());
    }

    private static NetClientOptions optionsOf(SmtpSettings settings) {
        SmtpSettings.Tls tls = settings.tls();
        boolean unchecked = tls.trustAll() || tls.mode() == Mode.OPPORTUNISTIC;
        NetClientOptions options = new NetClientOptions()
                .setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()))
                .setTcpNoDelay(true)
                .setSsl(tls.mode() == Mode.IMPLICIT)
                .setTrustAll(unchecked)
                .setHostnameVerificationAlgorithm(unchecked ? "" : "HTTPS");
        if (!unchecked) {
            tls.trustedCertificates()
                    .ifPresent(path -> options.setTrustOptions(new PemTrustOptions().addCertPath(path)));
        }
        return options;
    }

    private void start(Batch batch) {
        queue.addAll(batch.jobs());
        feed();
    }

    /** Gives waiting messages to free connections, opens more where that is not enough, and gives up where none can be had. */
    private void feed() {
        for (SmtpConnection connection : List.copyOf(connections)) {
            connection.pump();
        }
        if (queue.isEmpty()) {
            return;
        }
        if (closed) {
            giveUp("The SMTP client is closed.");
            return;
        }
        int wanted = Math.min(settings.connectionsMax(), (queue.size() - 1) / MESSAGES_PER_CONNECTION + 1);
        boolean backedOff = System.nanoTime() - notBefore < 0;
        for (int open = openCount(); open < wanted && !backedOff; open++) {
            connect();
        }
        if (openCount() == 0) {
            giveUp("The mail server can't be reached now: " + lastFailure);
        }
    }

    private int openCount() {
        return connecting
                + (int) connections.stream()
                        .filter(SmtpConnection::isTakingWork)
                        .count();
    }

    private void giveUp(String reason) {
        for (Job job = queue.poll(); job != null; job = queue.poll()) {
            job.settle(Fate.NOT_SENT, Step.CONNECT, reason);
        }
    }

    private void connect() {
        connecting++;
        if (timer < 0) {
            timer = vertx.setPeriodic(checkEveryMs(), _ -> context.runOnContext(_ -> check()));
        }
        context.runOnContext(_ -> net.connect(settings.port(), settings.host()).onComplete(result -> {
            connecting--;
            if (result.succeeded()) {
                connected(result.result());
            } else {
                setBack("The connection was refused or timed out.");
                feed();
                whenQuiet();
            }
        }));
    }

    private void connected(NetSocket socket) {
        SmtpConnection connection = new SmtpConnection(this, settings, socket);
        connections.add(connection);
        new Handshake(connection, settings).run().onComplete(result -> {
            if (result.succeeded()) {
                connection.start(result.result());
            } else {
                Throwable cause = result.cause();
                boolean told = cause instanceof ReplyParser.ProtocolException;
                connection.abort(
                        told ? String.valueOf(cause.getMessage()) : "TLS failed: check certificate and host name.",
                        true);
            }
        });
    }

    private void setBack(String reason) {
        failures++;
        lastFailure = reason;
        // Once per outage: a server that is down for an hour must not fill the log.
        LOG.logf(
                failures == 1 ? Logger.Level.WARN : Logger.Level.DEBUG,
                "Mail server %s:%d: %s",
                settings.host(),
                settings.port(),
                reason);
        served = openCount() > 0;
        if (failures > 1) {
            long factor = 1L << Math.min(failures - 2, 20);
            long nanos = Math.min(
                    settings.backOffMin().toNanos() * factor,
                    settings.backOffMax().toNanos());
            notBefore = System.nanoTime() + nanos;
        }
    }

    private long checkEveryMs() {
        long shortest = Math.min(
                settings.replyTimeout().toMillis(),
                Math.min(
                        settings.endTimeout().toMillis(), settings.idleTimeout().toMillis()));
        return Math.clamp(shortest / 4, 10, 5000);
    }

    private void check() {
        long now = System.nanoTime();
        for (SmtpConnection connection : List.copyOf(connections)) {
            connection.check(now);
        }
    }

    private void shutDown(Runnable done) {
        closed = true;
        whenClosed.add(done);
        for (SmtpConnection connection : List.copyOf(connections)) {
            connection.retire();
        }
        feed();
        whenQuiet();
    }

    private void whenQuiet() {
        if (connecting > 0 || !connections.isEmpty()) {
            return;
        }
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
        if (closed) {
            // Nothing is open any more, so there is nothing to wait for.
            var _ = net.close();
            whenClosed.forEach(Runnable::run);
            whenClosed.clear();
        }
    }

    // What the connections say

    @Nullable
    Job next(Capabilities server) {
        for (Job job = queue.poll(); job != null; job = queue.poll()) {
            if (!job.batch().mayStillSend()) {
                job.settle(Fate.NOT_SENT, Step.CHECK, GATE_CLOSED);
                continue;
            }
            String fault = Precheck.fault(job.envelope(), job.wire(), server);
            if (fault == null) {
                return job;
            }
            job.settle(Fate.REJECTED, Step.CHECK, fault);
        }
        return null;
    }

    void answered(Job job, Outcome outcome) {
        failures = 0;
        job.settle(outcome);
    }

    void notSent(Job job, Step step, String reason) {
        if (job.takeResend(settings.resendsMax())) {
            queue.addFirst(job);
        } else {
            job.settle(Fate.NOT_SENT, step, reason);
        }
    }

    void retired() {
        context.runOnContext(_ -> feed());
    }

    void lost(SmtpConnection connection, boolean broken, String reason) {
        connections.remove(connection);
        served = served && openCount() > 0;
        if (broken) {
            setBack(reason);
        }
        feed();
        whenQuiet();
    }

    void failed(RuntimeException e) {
        LOG.error("The SMTP client failed; the connection is given up.", e);
    }
}
