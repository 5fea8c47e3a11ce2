package io.snowball.campaign.smtp;

import io.snowball.campaign.smtp.ReplyParser.ProtocolException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One connection. With PIPELINING the end of a message and the next message's MAIL, RCPT and DATA go out in one write, so that a
 * message costs one round trip; without, each command waits for its answer.
 *
 * <p>At most two messages are here at a time: {@code ended}, whose end was written and whose answer is due, and {@code offered}, of
 * which nothing but the envelope was written. The 354 that lets the body of {@code offered} go out comes after the answer to {@code
 * ended}, so never more than one message's fate hangs on a connection.
 */
final class SmtpConnection {
    private enum Expected {
        COMMAND,
        RESET,
        MAIL,
        RCPT,
        DATA,
        /** After a lone end: the server said 354 though it had refused the recipient (RFC 2920, 3.1). */
        EMPTY_END,
        END,
        QUIT
    }

    private final SmtpClient client;
    private final SmtpSettings settings;
    private final NetSocket socket;
    private final ReplyParser parser = new ReplyParser();
    private final Deque<Expected> expected = new ArrayDeque<>();
    private final Promise<Reply> greeting = Promise.promise();
    private Promise<Reply> answer = greeting;

    private Capabilities server = Capabilities.NONE;
    private boolean ready;
    private boolean pipelining;
    private boolean resetFirst;
    private boolean retiring;
    private boolean quitting;
    private boolean aborted;
    private boolean broken;
    private boolean closed;
    private int offeredCount;
    private String reason = "The mail server closed the connection.";
    private long lastActivity = System.nanoTime();

    private @Nullable Job offered;
    private @Nullable Job ended;
    private Future<Void> endWritten = Future.succeededFuture();

    SmtpConnection(SmtpClient client, SmtpSettings settings, NetSocket socket) {
        this.client = client;
        this.settings = settings;
        this.socket = socket;
        expected.add(Expected.COMMAND);
        socket.handler(this::onData);
        socket.exceptionHandler(e -> reason = "The connection to the mail server broke (" + e.getClass().getSimpleName() + ").");
        socket.closeHandler(_ -> onClosed());
    }

    // Handshake

    Future<Reply> greeting() {
        return greeting.future();
    }

    Future<Reply> command(String line) {
        answer = Promise.promise();
        expected.add(Expected.COMMAND);
        write(line + "\r\n");
        return answer.future();
    }

    Future<Void> upgradeToTls() {
        // Whatever came in plain text behind the answer to STARTTLS was put there by somebody else.
        if (parser.hasRest()) {
            return Future.failedFuture(new ProtocolException("The mail server spoke before TLS was set up."));
        }
        String host = settings.host();
        boolean name = host.indexOf('.') > 0 && host.chars().anyMatch(c -> c >= 'a' && c <= 'z');
        return name ? socket.upgradeToSsl(host) : socket.upgradeToSsl();
    }

    boolean isTls() {
        return socket.isSsl();
    }

    void start(Capabilities capabilities) {
        server = capabilities;
        pipelining = capabilities.pipelining() && settings.pipelining();
        ready = true;
        pump();
    }

    // Messages

    boolean isTakingWork() {
        return !retiring && !closed;
    }

    /** Takes the next message where the conversation allows it. */
    void pump() {
        boolean free = expected.isEmpty() || (pipelining && expected.size() == 1 && ended != null);
        if (!ready || !free || quitting || aborted || closed) {
            return;
        }
        if (!retiring) {
            int max = settings.messagesPerConnectionMax();
            if (max == 0 || offeredCount < max) {
                Job job = client.next(server);
                if (job != null) {
                    offer(job);
                }
                return;
            }
            retire();
        } else if (expected.isEmpty()) {
            quit();
        }
    }

    private void offer(Job job) {
        offered = job;
        offeredCount++;
        if (!pipelining) {
            say(resetFirst ? Expected.RESET : Expected.MAIL, job);
            return;
        }
        StringBuilder commands = new StringBuilder(160);
        if (resetFirst) {
            commands.append(commandOf(Expected.RESET, job));
            expected.add(Expected.RESET);
        }
        for (Expected step : new Expected[] {Expected.MAIL, Expected.RCPT, Expected.DATA}) {
            commands.append(commandOf(step, job));
            expected.add(step);
        }
        resetFirst = false;
        write(commands.toString());
    }

    private void say(Expected step, Job job) {
        resetFirst = false;
        expected.add(step);
        write(commandOf(step, job));
    }

    private String commandOf(Expected step, Job job) {
        return switch (step) {
            case RESET -> "RSET\r\n";
            case MAIL ->
                "MAIL FROM:<" + job.envelope().from() + ">"
                        + (server.sizeMax() > 0 ? " SIZE=" + job.wire().size() : "")
                        + (job.wire().eightBit() ? " BODY=8BITMIME" : "")
                        + "\r\n";
            case RCPT -> "RCPT TO:<" + job.envelope().to() + ">\r\n";
            case DATA -> "DATA\r\n";
            case COMMAND, EMPTY_END, END, QUIT -> throw new IllegalArgumentException(step + " is not said for a message");
        };
    }

    private void write(String text) {
        lastActivity = System.nanoTime();
        // Nothing hangs on this write: where it fails, the close handler follows.
        var _ = socket.write(Buffer.buffer(text.getBytes(StandardCharsets.US_ASCII)));
    }

    // Answers

    private void onData(Buffer data) {
        if (aborted) {
            return;
        }
        lastActivity = System.nanoTime();
        try {
            parser.feed(data);
            for (Reply reply = parser.next(); reply != null; reply = parser.next()) {
                onReply(reply);
                if (aborted) {
                    return;
                }
            }
        } catch (ProtocolException e) {
            abort(String.valueOf(e.getMessage()), true);
        } catch (RuntimeException e) {
            client.failed(e);
            abort("The SMTP client failed.", true);
        }
    }

    private void onReply(Reply reply) throws ProtocolException {
        Expected step = expected.poll();
        if (step == null && reply.isClosing()) {
            // It got tired of waiting for us.
            abort("The mail server ended the idle connection.", false);
            return;
        }
        if (step == null) {
            throw new ProtocolException("The mail server said without being asked: " + reply.text());
        }
        if (step == Expected.COMMAND) {
            answer.complete(reply);
            return;
        }
        if (reply.isClosing()) {
            onClosing(step, reply);
            return;
        }
        switch (step) {
            case RESET -> afterReset(reply);
            case MAIL -> afterEnvelope(Step.MAIL, Expected.RCPT, reply);
            case RCPT -> afterEnvelope(Step.RCPT, Expected.DATA, reply);
            case DATA -> afterData(reply);
            case EMPTY_END -> pump();
            case END -> afterEnd(reply);
            case QUIT -> abort("The connection was ended.", false);
            case COMMAND -> throw new IllegalStateException("handled above");
        }
    }

    private void onClosing(Expected step, Reply reply) {
        Job job = step == Expected.END ? ended : offered;
        if (job != null && step == Expected.END) {
            ended = null;
            job.settle(Outcome.of(job.envelope().id(), Step.END, reply));
        } else if (job != null && step != Expected.RESET) {
            offered = null;
            Step at = step == Expected.MAIL ? Step.MAIL : step == Expected.RCPT ? Step.RCPT : Step.DATA;
            job.settle(job.refuse(at, reply));
        }
        abort("The mail server ended the connection: " + reply.text(), true);
    }

    private void afterReset(Reply reply) throws ProtocolException {
        if (!reply.isPositive()) {
            throw new ProtocolException("The mail server refused RSET: " + reply.text());
        }
        Job job = offered;
        if (!pipelining && job != null) {
            say(Expected.MAIL, job);
        }
    }

    private void afterEnvelope(Step step, Expected following, Reply reply) {
        Job job = takeOffered();
        offered = job;
        if (!reply.isPositive()) {
            job.refuse(step, reply);
        }
        if (pipelining) {
            return;
        }
        if (job.refusal() == null) {
            say(following, job);
        } else {
            refused(job);
        }
    }

    private void afterData(Reply reply) throws ProtocolException {
        Job job = takeOffered();
        Outcome refusal = job.refusal();
        if (reply.code() / 100 == 3) {
            if (refusal != null) {
                client.answered(job, refusal);
                expected.add(Expected.EMPTY_END);
                write(".\r\n");
            } else if (job.batch().mayStillSend()) {
                send(job);
            } else {
                job.settle(Fate.NOT_SENT, Step.DATA, SmtpClient.GATE_CLOSED);
                // The server waits for a message now. Only going away tells it that there is none.
                abort(SmtpClient.GATE_CLOSED, false);
            }
        } else if (reply.isPositive()) {
            offered = job;
            throw new ProtocolException("The mail server answered DATA with " + reply.code() + ".");
        } else {
            job.refuse(Step.DATA, reply);
            refused(job);
        }
    }

    private void refused(Job job) {
        offered = null;
        resetFirst = true;
        Outcome refusal = job.refusal();
        if (refusal == null) {
            throw new IllegalStateException("A message was refused without a refusal.");
        }
        client.answered(job, refusal);
        pump();
    }

    /**
     * The moment from which a message's fate may be unknown. The end is the last byte of one buffer whose write is watched: where that
     * write failed, the end never left.
     */
    private void send(Job job) {
        ended = job;
        expected.add(Expected.END);
        lastActivity = System.nanoTime();
        endWritten = socket.write(job.wire().toBuffer());
        // Still inside the read handler, so this goes out in the same flush.
        pump();
    }

    private void afterEnd(Reply reply) throws ProtocolException {
        Job job = ended;
        if (job == null) {
            throw new IllegalStateException("An end was answered that was never written.");
        }
        if (reply.code() / 100 == 3) {
            throw new ProtocolException("The mail server answered the end of a message with " + reply.code() + ".");
        }
        ended = null;
        client.answered(job, Outcome.of(job.envelope().id(), Step.END, reply));
        pump();
    }

    private Job takeOffered() {
        Job job = offered;
        if (job == null) {
            throw new IllegalStateException("An envelope was answered that was never written.");
        }
        offered = null;
        return job;
    }

    // The end

    /** No further messages; QUIT as soon as the last answer is here. */
    void retire() {
        if (!retiring) {
            retiring = true;
            client.retired(this);
            pump();
        }
    }

    private void quit() {
        quitting = true;
        expected.add(Expected.QUIT);
        write("QUIT\r\n");
    }

    /** Called now and then: has the server been silent for too long, or have we? */
    void check(long now) {
        long silence = now - lastActivity;
        if (expected.isEmpty()) {
            if (ready && silence > settings.idleTimeout().toNanos()) {
                retire();
            }
            return;
        }
        boolean end = expected.peek() == Expected.END;
        var limit = end ? settings.endTimeout() : settings.replyTimeout();
        if (silence > limit.toNanos()) {
            abort("The mail server did not answer within " + limit.toMillis() + " ms.", !quitting);
        }
    }

    /**
     * Goes away without a word. Not by NetSocket.close(), which would first wait until everything is written, and so could wait for
     * ever, or write the end of a message after all.
     */
    void abort(String why, boolean serversFault) {
        if (!closed && !aborted) {
            aborted = true;
            broken = serversFault;
            reason = why;
            retiring = true;
            var _ = ((NetSocketInternal) socket).channelHandlerContext().close();
        }
    }

    private void onClosed() {
        if (closed) {
            return;
        }
        closed = true;
        retiring = true;
        // Whoever closes in the middle of something, or before it began, is not to be called again at once.
        broken |= !aborted && (!ready || (!expected.isEmpty() && expected.peek() != Expected.QUIT));
        expected.clear();
        Job last = ended;
        Job next = offered;
        ended = null;
        offered = null;
        if (last != null) {
            if (endWritten.failed()) {
                client.notSent(last, Step.END, reason);
            } else {
                last.settle(Fate.UNKNOWN, Step.END, reason);
            }
        }
        if (next != null) {
            Outcome refusal = next.refusal();
            if (refusal != null) {
                client.answered(next, refusal);
            } else {
                client.notSent(next, Step.DATA, reason);
            }
        }
        answer.tryFail(new ProtocolException(reason));
        client.lost(this, broken, reason);
    }
}
