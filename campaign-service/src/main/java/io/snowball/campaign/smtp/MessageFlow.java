package io.snowball.campaign.smtp;

import io.snowball.campaign.smtp.ReplyParser.ProtocolException;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The messages on one connection. With PIPELINING the end of a message and the next message's MAIL, RCPT and DATA go out in one
 * write, so that a message costs one round trip; without, each command waits for its answer.
 *
 * <p>At most two messages are here at a time: {@code ended}, whose end was written and whose answer is due, and {@code offered}, of
 * which nothing but the envelope was written. The 354 that lets the body of {@code offered} go out comes after the answer to {@code
 * ended}, so never more than one message's fate hangs on a connection.
 */
final class MessageFlow {
    enum Expected {
        RESET,
        MAIL,
        RCPT,
        DATA,
        /** After a lone end: the server said 354 though it had refused the recipient (RFC 2920, 3.1). */
        EMPTY_END,
        END
    }

    private final SmtpClient client;
    private final SmtpConnection connection;
    private final Capabilities server;
    private final boolean pipelining;
    private final Deque<Expected> expected = new ArrayDeque<>();

    private boolean resetFirst;
    private int offeredCount;
    private @Nullable Job offered;
    private @Nullable Job ended;
    private Future<Void> endWritten = Future.succeededFuture();

    MessageFlow(SmtpClient client, SmtpConnection connection, Capabilities server, boolean pipelining) {
        this.client = client;
        this.connection = connection;
        this.server = server;
        this.pipelining = pipelining && server.pipelining();
    }

    boolean isIdle() {
        return expected.isEmpty();
    }

    boolean awaitsEnd() {
        return expected.peek() == Expected.END;
    }

    int offeredCount() {
        return offeredCount;
    }

    /** Takes the next message where the conversation allows it. */
    void takeNext() {
        boolean free = expected.isEmpty() || (pipelining && expected.size() == 1 && ended != null);
        Job job = free ? client.next(server) : null;
        if (job != null) {
            offer(job);
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
        connection.write(commands.toString());
    }

    private void say(Expected step, Job job) {
        resetFirst = false;
        expected.add(step);
        connection.write(commandOf(step, job));
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
            case EMPTY_END, END -> throw new IllegalArgumentException(step + " is no command");
        };
    }

    // Answers

    void onReply(Reply reply) throws ProtocolException {
        Expected step = expected.remove();
        if (reply.isClosing()) {
            onClosing(step, reply);
            return;
        }
        switch (step) {
            case RESET -> afterReset(reply);
            case MAIL -> afterEnvelope(Step.MAIL, Expected.RCPT, reply);
            case RCPT -> afterEnvelope(Step.RCPT, Expected.DATA, reply);
            case DATA -> afterData(reply);
            case EMPTY_END -> connection.pump();
            case END -> afterEnd(reply);
        }
    }

    /** The server closes the connection; the message that it said so to is deferred, the other one is as if it had not begun. */
    private void onClosing(Expected step, Reply reply) {
        Job job = step == Expected.END ? ended : offered;
        if (job != null && step == Expected.END) {
            ended = null;
            job.settle(Outcome.of(job.envelope().id(), Step.END, reply));
        } else if (job != null && step != Expected.RESET && step != Expected.EMPTY_END) {
            offered = null;
            Step at = step == Expected.MAIL ? Step.MAIL : step == Expected.RCPT ? Step.RCPT : Step.DATA;
            job.settle(job.refuse(at, reply));
        }
        connection.abort("The mail server ended the connection: " + reply.text(), true);
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
        Job job = offeredJob();
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
        Job job = offeredJob();
        Outcome refusal = job.refusal();
        if (reply.isPositive()) {
            throw new ProtocolException("The mail server answered DATA with " + reply.code() + ".");
        }
        if (reply.code() / 100 != 3) {
            job.refuse(Step.DATA, reply);
            refused(job);
            return;
        }
        offered = null;
        if (refusal != null) {
            client.answered(job, refusal);
            expected.add(Expected.EMPTY_END);
            connection.write(".\r\n");
        } else if (job.batch().mayStillSend()) {
            send(job);
        } else {
            job.settle(Fate.NOT_SENT, Step.DATA, SmtpClient.GATE_CLOSED);
            // The server waits for a message now. Only going away tells it that there is none.
            connection.abort(SmtpClient.GATE_CLOSED, false);
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
        connection.pump();
    }

    /**
     * The moment from which a message's fate may be unknown. The end is the last byte of one buffer whose write is watched: where that
     * write failed, the end never left.
     */
    private void send(Job job) {
        ended = job;
        expected.add(Expected.END);
        endWritten = connection.write(job.wire().toBuffer());
        // Still inside the read handler, so this goes out in the same flush.
        connection.pump();
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
        connection.pump();
    }

    private Job offeredJob() {
        Job job = offered;
        if (job == null) {
            throw new IllegalStateException("An envelope was answered that was never written.");
        }
        return job;
    }

    /** The connection is gone, and with it every answer that was due. */
    void settleAfterClose(String reason) {
        expected.clear();
        Job last = ended;
        Job next = offered;
        ended = null;
        offered = null;
        if (last != null) {
            // Netty fails what it could not write before it tells that the connection is closed.
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
    }
}
