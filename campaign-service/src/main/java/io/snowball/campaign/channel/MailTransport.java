package io.snowball.campaign.channel;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.smtp.Envelope;
import io.snowball.campaign.smtp.Outcome;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Where rendered mails go: the mail server, or a recording in tests. */
public interface MailTransport {
    /**
     * @param mayStillSend asked right before each message is put on the wire; once it says no, the rest is NOT_SENT
     * @return what became of each message, in the order given
     */
    Uni<List<Outcome>> handOver(List<Envelope> window, BooleanSupplier mayStillSend);

    /** Whether a hand-over has a chance now; no while a server that failed is given time. What is claimed then is claimed in vain. */
    default boolean isReady() {
        return true;
    }
}
