package io.snowball.campaign.message;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.CampaignConfig;
import io.snowball.campaign.campaign.CampaignProgress;
import io.snowball.campaign.email.EmailComposer;
import io.snowball.campaign.email.EmailComposer.Mailing;
import io.snowball.campaign.email.EmailComposer.Unfit;
import io.snowball.campaign.message.Batch.Claimed;
import io.snowball.campaign.message.Triage.Ended;
import io.snowball.campaign.sibling.Addresses;
import io.snowball.campaign.sibling.Addresses.Addressee;
import io.snowball.campaign.sibling.SiblingException;
import io.snowball.campaign.smtp.Envelope;
import io.snowball.campaign.template.EmailTemplate;
import io.snowball.campaign.template.Templates;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** What is done with a claimed batch: decide, fetch addresses, render, hand over window by window. */
@ApplicationScoped
class Dispatch {
    private static final Duration SIBLING_PAUSE = Duration.ofSeconds(1);

    private final QueueSql queue;
    private final MessageSql sql;
    private final Deciding deciding;
    private final Addresses addresses;
    private final Templates templates;
    private final EmailComposer composer;
    private final Windows windows;
    private final CampaignProgress progress;
    private final Vertx vertx;
    private final CampaignConfig config;
    private final Clock clock;

    Dispatch(
            QueueSql queue,
            MessageSql sql,
            Deciding deciding,
            Addresses addresses,
            Templates templates,
            EmailComposer composer,
            Windows windows,
            CampaignProgress progress,
            Vertx vertx,
            CampaignConfig config,
            Clock clock) {
        this.queue = queue;
        this.sql = sql;
        this.deciding = deciding;
        this.addresses = addresses;
        this.templates = templates;
        this.composer = composer;
        this.windows = windows;
        this.progress = progress;
        this.vertx = vertx;
        this.config = config;
        this.clock = clock;
    }

    /** A rendered mail and the message it belongs to. */
    record Ready(Claimed message, Envelope envelope) {}

    private record Composed(List<Ready> ready, List<Ended> unfit) {}

    /** Claims some campaign's due messages and sees them through. @return whether there were any, and a mail server to take them */
    Uni<Boolean> next(UUID lease, BooleanSupplier stopping) {
        if (!windows.canSend()) {
            return Uni.createFrom().item(false);
        }
        return queue.pick()
                .chain(source -> source.isEmpty()
                        ? Uni.createFrom().item(false)
                        : queue.claim(lease, source.get(), config.dispatch().batch(), 1)
                                .call(batch -> run(batch, stopping))
                                .map(batch -> !batch.messages().isEmpty()));
    }

    Uni<Void> run(Batch batch, BooleanSupplier stopping) {
        if (batch.messages().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return reach(batch)
                .chain(found -> decide(batch, found)
                        .chain(fresh -> triage(batch, fresh, found)
                                .chain(toSend -> compose(batch, toSend, found))
                                .chain(ready -> windows.send(batch, ready, fresh, stopping))))
                .onFailure(SiblingException.class)
                .recoverWithUni(failure -> hold(batch, failure.getMessage() + "; nothing is sent until it does"))
                .chain(() -> queue.free(batch.lease()));
    }

    /** Addresses first: a decision is about one, and is fresher so when the mails are made. */
    private Uni<Map<UUID, Addressee>> reach(Batch batch) {
        return addresses.of(
                batch.source().subject().channel(),
                batch.messages().stream().map(Claimed::customerId).toList());
    }

    private Uni<Fresh> decide(Batch batch, Map<UUID, Addressee> found) {
        Map<UUID, String> known = HashMap.newHashMap(found.size());
        found.forEach((customerId, to) -> known.put(customerId, to.address()));
        return deciding.ask(batch.source().subject(), batch.messages(), known);
    }

    private Uni<List<Claimed>> triage(Batch batch, Fresh fresh, Map<UUID, Addressee> found) {
        Triage triage = Triage.of(batch.messages(), fresh.decisions(), found.keySet());
        return sql.end(batch.lease(), triage.ended(), fresh.decisions().decidedAt())
                .replaceWith(triage.toSend());
    }

    private Uni<List<Ready>> compose(Batch batch, List<Claimed> toSend, Map<UUID, Addressee> found) {
        if (toSend.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return templates
                .compiled(batch.source().templateId(), batch.source().templateVersion())
                .chain(template -> vertx.executeBlocking(() -> compose(batch, template, toSend, found), false))
                .call(composed -> sql.end(batch.lease(), composed.unfit(), clock.instant()))
                .map(Composed::ready);
    }

    private Composed compose(Batch batch, EmailTemplate template, List<Claimed> toSend, Map<UUID, Addressee> found) {
        Batch.Source source = batch.source();
        Mailing mailing = new Mailing(
                source.campaignId(),
                source.campaignName(),
                template,
                source.subject().purpose(),
                source.advertising(),
                clock.instant());
        List<Ready> ready = new ArrayList<>(toSend.size());
        List<Ended> unfit = new ArrayList<>();
        for (Claimed message : toSend) {
            Addressee to = found.get(message.customerId());
            if (to == null) {
                throw new IllegalStateException("Only who has an address is sent to");
            }
            try {
                ready.add(new Ready(message, composer.compose(mailing, message.id(), to)));
            } catch (Unfit reason) {
                unfit.add(new Ended(message, MessageState.FAILED, reason.getMessage(), null));
            }
        }
        return new Composed(ready, unfit);
    }

    /** Only what is still claimed goes back: what was handed over before the failure stays as it is. */
    private Uni<Void> hold(Batch batch, String why) {
        return queue.release(batch.lease(), batch.messages(), clock.instant().plus(SIBLING_PAUSE))
                .chain(() -> progress.notice(batch.source().campaignId(), why));
    }
}
