package io.snowball.launcher.mailbox;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.util.ServerSetup;
import io.snowball.launcher.machine.Trouble;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.InstantSource;
import java.util.List;

/** GreenMail's SMTP server; a mail goes into our bounded store instead of its own, which keeps everything. */
final class SmtpReceiver implements AutoCloseable {
    private static final long START_MILLIS = 10_000;
    private static final long IDLE_MILLIS = 10 * 60_000;

    static {
        // GreenMail logs addresses. Nothing listens to its logger, and that nothing does needs no three lines on the
        // console.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
    }

    private final SmtpServer server;

    private SmtpReceiver(SmtpServer server) {
        this.server = server;
    }

    static SmtpReceiver start(String host, int port, MailStore store, InstantSource clock) {
        ServerSetup setup = new ServerSetup(port, host, ServerSetup.PROTOCOL_SMTP);
        // Senders keep connections open between batches.
        setup.setReadTimeout(IDLE_MILLIS);
        SmtpServer server = new QuietSmtpServer(setup, new StoringManagers(store, clock));
        server.startService();
        try {
            if (!server.waitTillRunning(START_MILLIS)) {
                throw new Trouble("The mailbox could not listen on port " + port
                        + ". Free that port, or give another with --smtp-port.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("Interrupted while the mailbox was starting.", e);
        }
        return new SmtpReceiver(server);
    }

    @Override
    public void close() {
        server.stopService(2_000);
    }

    /** A sender that is killed in the middle of a mail is nothing to print a stack trace for. */
    private static final class QuietSmtpServer extends SmtpServer {
        QuietSmtpServer(ServerSetup setup, Managers managers) {
            super(setup, managers);
        }

        @Override
        protected ProtocolHandler createProtocolHandler(Socket socket) {
            answerAtOnce(socket);
            ProtocolHandler handler = super.createProtocolHandler(socket);
            return new ProtocolHandler() {
                @Override
                public void run() {
                    try {
                        handler.run();
                    } catch (IllegalStateException connectionCut) {
                        handler.close();
                    }
                }

                @Override
                public void close() {
                    handler.close();
                }
            };
        }
    }

    /** Otherwise each answer to pipelined commands waits 40 ms for the other side's acknowledgement: 22 mails/s. */
    private static void answerAtOnce(Socket socket) {
        try {
            socket.setTcpNoDelay(true);
        } catch (SocketException alreadyClosed) {
            // The handler finds that out by itself.
        }
    }

    private static final class StoringManagers extends Managers {
        private final SmtpManager storing;

        StoringManagers(MailStore store, InstantSource clock) {
            storing = new SmtpManager(getImapHostManager(), getUserManager()) {
                // Called before "250 OK" goes out: what was acknowledged is in the store. Not synchronized, as the one
                // above is:
                // the store guards itself.
                @Override
                @SuppressWarnings("UnsynchronizedOverridesSynchronized")
                public void send(SmtpState state) {
                    keep(state.getMessage(), store, clock);
                }
            };
        }

        @Override
        public SmtpManager getSmtpManager() {
            return storing;
        }
    }

    private static void keep(MovingMessage message, MailStore store, InstantSource clock) {
        try {
            ByteArrayOutputStream source = new ByteArrayOutputStream(8_192);
            message.getMessage().writeTo(source);
            List<String> recipients = message.getToAddresses().stream()
                    .map(MailAddress::getEmail)
                    .sorted()
                    .toList();
            store.add(
                    clock.instant(),
                    String.valueOf(message.getReturnPath()),
                    recipients,
                    MailReader.summary(message.getMessage()),
                    source.toByteArray());
        } catch (IOException | MessagingException e) {
            // GreenMail answers 451 to this, and the sender tries again.
            throw new IllegalStateException(e);
        }
    }
}
