package io.snowball.campaign.smtp;

import io.snowball.campaign.smtp.ReplyParser.ProtocolException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One connection from the greeting to the end: commands of the handshake here, messages in {@link MessageFlow}. */
final class SmtpConnection {
    private final SmtpClient client;
    private final SmtpSettings settings;
    private final NetSocket socket;
    private final ReplyParser parser = new ReplyParser();
    private final Promise<Reply> greeting = Promise.promise();

    /** The answer to a command that is due, the greeting first. */
    private @Nullable Promise<Reply> answer = greeting;

    /** From the end of the handshake on. */
    private @Nullable MessageFlow flow;

    private boolean retiring;
    private boolean aborted;
    private boolean broken;
    private boolean closed;
    private String reason = "The mail server closed the connection.";
    private long lastActivity = System.nanoTime();

    SmtpConnection(SmtpClient client, SmtpSettings settings, NetSocket socket) {
        this.client = client;
        this.settings = settings;
        this.socket = socket;
        socket.handler(this::onData);
        socket.exceptionHandler(e -> reason =
                "The connection to the mail server broke (" + e.getClass().getSimpleName() + ").");
        socket.closeHandler(_ -> onClosed());
    }

    Future<Reply> greeting() {
        return greeting.future();
    }

    Future<Reply> command(String line) {
        Promise<Reply> due = Promise.promise();
        answer = due;
        write(line + "\r\n");
        return due.future();
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

    void start(Capabilities server) {
        flow = new MessageFlow(client, this, server, settings.pipelining());
        pump();
    }

    void write(String text) {
        // Nothing hangs on this write: where it fails, the close handler follows.
        var _ = write(Buffer.buffer(text.getBytes(StandardCharsets.US_ASCII)));
    }

    Future<Void> write(Buffer data) {
        lastActivity = System.nanoTime();
        return socket.write(data);
    }

    boolean isTakingWork() {
        return !retiring && !closed;
    }

    /** Does what can be done now: take the next message, or say QUIT. */
    void pump() {
        MessageFlow messages = flow;
        if (messages == null || answer != null || aborted || closed) {
            return;
        }
        int max = settings.messagesPerConnectionMax();
        if (!retiring && max > 0 && messages.offeredCount() >= max) {
            retire();
        } else if (!retiring) {
            messages.takeNext();
        } else if (messages.isIdle()) {
            quit();
        }
    }

    private void onData(Buffer data) {
        lastActivity = System.nanoTime();
        try {
            parser.feed(data);
            // After an abort nothing that is still read may set anything going.
            for (Reply reply = aborted ? null : parser.next(); reply != null; reply = aborted ? null : parser.next()) {
                onReply(reply);
            }
        } catch (ProtocolException e) {
            abort(String.valueOf(e.getMessage()), true);
        } catch (RuntimeException e) {
            client.failed(e);
            abort("The SMTP client failed.", true);
        }
    }

    private void onReply(Reply reply) throws ProtocolException {
        Promise<Reply> due = answer;
        MessageFlow messages = flow;
        if (due != null) {
            answer = null;
            due.complete(reply);
        } else if (messages != null && !messages.isIdle()) {
            messages.onReply(reply);
        } else if (reply.isClosing()) {
            // It got tired of waiting for us.
            abort("The mail server ended the idle connection.", false);
        } else {
            throw new ProtocolException("The mail server said without being asked: " + reply.text());
        }
    }

    /** No further messages; QUIT as soon as the last answer is here. */
    void retire() {
        if (!retiring) {
            retiring = true;
            client.retired();
            pump();
        }
    }

    private void quit() {
        command("QUIT").onComplete(_ -> abort("The connection was ended.", false));
    }

    /** Called now and then: has the server been silent for too long, or have we? */
    void check(long now) {
        long silence = now - lastActivity;
        MessageFlow messages = flow;
        if (messages != null && messages.isIdle() && answer == null) {
            if (silence > settings.idleTimeout().toNanos()) {
                retire();
            }
            return;
        }
        var limit = messages != null && messages.awaitsEnd() ? settings.endTimeout() : settings.replyTimeout();
        if (silence > limit.toNanos()) {
            abort("The mail server did not answer within " + limit.toMillis() + " ms.", true);
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
        MessageFlow messages = flow;
        Promise<Reply> due = answer;
        // Whoever closes in the middle of something, or before it began, is not to be called again at once.
        broken |= !aborted && (messages == null || !messages.isIdle());
        if (messages != null) {
            messages.settleAfterClose(reason);
        }
        if (due != null) {
            due.tryFail(new ProtocolException(reason));
        }
        client.lost(this, broken, reason);
    }
}
