package io.snowball.launcher.mailbox;

import java.time.InstantSource;

/** The mailbox of one installation: SMTP in, a page out. */
public final class Mailbox implements AutoCloseable {
    static final int MAX_MAILS = 20_000;
    static final long MAX_BYTES = 160L << 20;

    private final SmtpReceiver smtp;
    private final MailboxServer page;
    private final MailStore store;

    private Mailbox(SmtpReceiver smtp, MailboxServer page, MailStore store) {
        this.smtp = smtp;
        this.page = page;
        this.store = store;
    }

    public static Mailbox start(String host, int smtpPort, int pagePort) {
        MailStore store = new MailStore(MAX_MAILS, MAX_BYTES);
        MailboxServer page = MailboxServer.start(host, pagePort, store);
        try {
            return new Mailbox(SmtpReceiver.start("127.0.0.1", smtpPort, store, InstantSource.system()), page, store);
        } catch (RuntimeException e) {
            page.close();
            throw e;
        }
    }

    /** How many mails are kept now. */
    public int count() {
        return store.count();
    }

    @Override
    public void close() {
        smtp.close();
        page.close();
    }
}
