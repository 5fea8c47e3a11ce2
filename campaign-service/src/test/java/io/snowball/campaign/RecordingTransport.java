package io.snowball.campaign;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.snowball.campaign.channel.MailTransport;
import io.snowball.campaign.smtp.Envelope;
import io.snowball.campaign.smtp.Fate;
import io.snowball.campaign.smtp.Outcome;
import io.snowball.campaign.smtp.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Takes mails instead of a mail server, and does with each window what a test says. */
@ApplicationScoped
public class RecordingTransport implements MailTransport {
    public interface Behaviour {
        Uni<List<Outcome>> take(List<Envelope> window, BooleanSupplier mayStillSend);
    }

    private final Collection<Envelope> accepted = new ConcurrentLinkedQueue<>();
    private volatile Behaviour behaviour = this::acceptAll;
    private volatile boolean ready = true;

    public void behave(Behaviour next) {
        behaviour = next;
    }

    public void behaveWell() {
        behaviour = this::acceptAll;
    }

    /** Something else that happens while a window is on its way; it may block. */
    public Uni<Void> after(Runnable action) {
        return Uni.createFrom().voidItem().invoke(action).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** A window goes through {@code each}, one by one, as long as the gate is open. */
    public Uni<List<Outcome>> oneByOne(
            List<Envelope> window, BooleanSupplier mayStillSend, Function<Envelope, Outcome> each) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Envelope envelope : window) {
            outcomes.add(
                    mayStillSend.getAsBoolean()
                            ? each.apply(envelope)
                            : new Outcome(envelope.id(), Fate.NOT_SENT, Step.CHECK, 0, null, "gate"));
        }
        return Uni.createFrom().item(outcomes);
    }

    public Uni<List<Outcome>> acceptAll(List<Envelope> window, BooleanSupplier mayStillSend) {
        return oneByOne(window, mayStillSend, this::accept);
    }

    public Outcome accept(Envelope envelope) {
        accepted.add(envelope);
        return new Outcome(envelope.id(), Fate.ACCEPTED, Step.END, 250, null, "ok");
    }

    public List<Envelope> acceptedOf(Collection<UUID> messages) {
        return accepted.stream()
                .filter(envelope -> messages.contains(envelope.id()))
                .toList();
    }

    @Override
    public Uni<List<Outcome>> handOver(List<Envelope> window, BooleanSupplier mayStillSend) {
        return behaviour.take(window, mayStillSend);
    }

    public void beReady(boolean now) {
        ready = now;
    }

    @Override
    public boolean isReady() {
        return ready;
    }
}
